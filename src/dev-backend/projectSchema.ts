import * as v from "valibot";

const text = (maxLength: number) =>
  v.pipe(
    v.string("must be a text"),
    v.regex(/\S/, "must not be empty"),
    v.maxLength(maxLength, `must not be longer than ${maxLength} characters`),
    // NUL would make spawn throw, long after the file was read.
    v.excludes("\0", "must not contain a NUL character"),
  );

// The id is part of addresses and of job keys.
const id = v.pipe(
  v.string("must be a text"),
  v.regex(
    /^[\w.-]{1,64}$/,
    "must be 1 to 64 letters, digits, dots, hyphens or underscores, as in shop-2",
  ),
  // Browsers take them out of an address, encoded or not, so no request would arrive.
  v.notValues([".", ".."], 'must not be "." or ".."; give it a name, as in shop-2'),
);

/** One entry of the projects file. An unknown key is refused: it is most likely a typing error. */
export const projectSchema = v.pipe(
  v.strictObject(
    {
      id,
      name: text(80),
      description: v.optional(text(300)),
      directory: text(4_096),
      build: v.optional(text(4_096)),
      run: v.optional(text(4_096)),
    },
    (issue) =>
      issue.expected === "never"
        ? "is not known here; remove it, or correct its name " +
          "(known are id, name, description, directory, build, run)"
        : issue.expected === "Object"
          ? 'must be an object like { "id", "name", "directory", "build", "run" }'
          : "is missing; add it",
  ),
  v.check(
    (entry) => entry.build !== undefined || entry.run !== undefined,
    'has neither "build" nor "run"; add at least one command',
  ),
);

/** An entry that passed the schema; `directory` is still as written. */
export type ProjectEntry = v.InferOutput<typeof projectSchema>;
