import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const src = join(import.meta.dirname, "../../src");

it("no room but jobs knows a kind or a source by its name", () => {
  const literal = /"(build|run|builds|runs)"/;
  const named = ["store", "sync", "react"].flatMap((room) =>
    readdirSync(join(src, room), { recursive: true, encoding: "utf8" })
      .map((file) => join(room, file))
      .filter(
        (file) => /\.tsx?$/.test(file) && literal.test(readFileSync(join(src, file), "utf8")),
      ),
  );
  expect(named).toEqual([]);
});
