import { existsSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { defaultProjects } from "../../src/dev-backend/defaultProjects.ts";
import { ProjectsFileError, readProjectsFile } from "../../src/dev-backend/projectsFile.ts";
import { makeDirectory } from "./support/projects.ts";

function write(content: unknown): string {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return join(makeDirectory({ "projects.json": text, "shop/index.html": "" }), "projects.json");
}

const shop = { id: "shop", name: "Shop", directory: "shop", build: "make", run: "make serve" };

function problemsOf(content: unknown): string {
  const file = write(content);
  try {
    readProjectsFile(file);
  } catch (error) {
    const start = `ACTIVE_INDICATOR_PROJECTS names ${file}, but `;
    if (error instanceof ProjectsFileError && error.message.startsWith(start)) return error.message;
    throw error;
  }
  throw new Error("It was taken for right.");
}

describe("the projects file", () => {
  it("gives projects with directories relative to the file", () => {
    const file = write([shop, { id: "b", name: "B", directory: ".", run: "serve" }]);
    expect(readProjectsFile(file)).toEqual([
      { ...shop, directory: join(file, "../shop") },
      { id: "b", name: "B", directory: join(file, ".."), run: "serve" },
    ]);
  });

  it("may begin with a byte order mark, as editors on Windows write it", () => {
    expect(readProjectsFile(write(`\uFEFF${JSON.stringify([shop])}`))).toHaveLength(1);
  });

  it("may have dots in an id", () => {
    const file = write([
      { ...shop, id: "..." },
      { ...shop, id: ".x" },
    ]);
    expect(readProjectsFile(file)).toHaveLength(2);
  });

  it.each([
    [
      "an unknown key",
      [{ ...shop, biuld: "x" }],
      /\[0\] \(id "shop"\): "biuld" is not known.*correct/,
    ],
    ["no name", [{ ...shop, name: undefined }], /\[0\] \(id "shop"\): "name" is missing; add it/],
    ["an empty name", [{ ...shop, name: " " }], /"name" must not be empty/],
    ["no id", [shop, { ...shop, id: undefined }], /\[1\] \(no id\): "id" is missing/],
    ["an id with a slash", [{ ...shop, id: "a/b" }], /\(id "a\/b"\): "id" must be 1 to 64 letters/],
    ["the id .", [{ ...shop, id: "." }], /\(id "\."\): "id" must not be "\." or "\.\."; give/],
    ["the id ..", [{ ...shop, id: ".." }], /\(id "\.\."\): "id" must not be "\."/],
    ["a number for a command", [{ ...shop, build: 7 }], /"build" must be a text/],
    [
      "no command",
      [{ ...shop, build: undefined, run: undefined }],
      /neither "build" nor "run"; add/,
    ],
    ["no object", ["shop"], /\[0\] \(no id\): must be an object like/],
    [
      "the same id twice",
      [shop, shop],
      /\[1\] \(id "shop"\): has the same id as entry \[0\]; give/,
    ],
    [
      "no such directory",
      [{ ...shop, directory: "nope" }],
      /"directory" is "nope", but .*nope is no/,
    ],
    [
      "a file for a directory",
      [{ ...shop, directory: "projects.json" }],
      /is no directory; correct/,
    ],
    [
      "a directory whose name no system takes",
      [{ ...shop, directory: "x".repeat(300) }],
      /is no directory; correct/,
    ],
    ["no list", { shop }, /holds no list of projects\. Write \[/],
    ["an empty list", [], /holds no list of projects/],
    ["no JSON", "[{]", /is not JSON: .*\. Correct it/],
  ])("is refused with %s", (_, content, message) => {
    expect(problemsOf(content)).toMatch(message);
  });

  it("is refused with everything that is wrong at once", () => {
    const message = problemsOf([
      { ...shop, name: "" },
      { ...shop, directory: "nope" },
    ]);
    expect(message).toMatch(/\[0\][^]*\[1\]/);
  });

  it("is refused when it is missing, with what to do", () => {
    expect(() => readProjectsFile("/nowhere/projects.json")).toThrow(
      /names \/nowhere\/projects\.json, but it cannot be read.*Correct the path, or unset/,
    );
  });
});

describe("the default projects", () => {
  it("are this repository and a sample, in directories that exist", () => {
    expect(defaultProjects.map(({ id }) => id)).toEqual(["active-indicator", "sample-site"]);
    expect(defaultProjects.map(({ directory }) => existsSync(directory))).toEqual([true, true]);
    expect(existsSync(join(defaultProjects[0]?.directory ?? "", "package.json"))).toBe(true);
  });
});
