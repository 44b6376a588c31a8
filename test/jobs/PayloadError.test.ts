import { expect, it } from "vitest";
import { PayloadError } from "../../src/jobs/payload.ts";

it("names the field, what was expected and what came", () => {
  const error = new PayloadError("build.status", "a string", 7);
  expect(error.message).toBe("build.status: expected a string, got 7");
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe("PayloadError");
});

it("quotes a text, so that an empty one can be seen", () => {
  expect(new PayloadError("build.id", "an id", "").message).toContain('got ""');
  expect(new PayloadError("run.status", "a status", "done?").message).toContain('got "done?"');
});

it("says of nothing that it was nothing", () => {
  expect(new PayloadError("build.id", "a string", undefined).message).toContain("got undefined");
  expect(new PayloadError("build.id", "a string", null).message).toContain("got null");
});

it("quotes a megabyte in a line", () => {
  const { message } = new PayloadError("build.id", "an id", "x".repeat(1_000_000));
  expect(message.length).toBeLessThan(300);
});

it("keeps the lines of a value out of its own", () => {
  expect(new PayloadError("run.status", "a status", "a\nb\u0000").message).not.toMatch(/\p{Cc}/u);
});

it("has one problem for one cause, whatever the value was", () => {
  const first = new PayloadError("build.status", "a string", 7);
  expect(new PayloadError("build.status", "a string", { no: 1 }).problem).toBe(first.problem);
  expect(new PayloadError("build.id", "a string", 7).problem).not.toBe(first.problem);
  expect(new PayloadError("build.status", "an array", 7).problem).not.toBe(first.problem);
});

it("carries its cause", () => {
  const cause = new SyntaxError("unexpected end");
  expect(new PayloadError("init", "JSON", "{", { cause }).cause).toBe(cause);
});
