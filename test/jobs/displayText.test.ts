import { drive } from "../support/jobs/drive.ts";
import { describe, expect, it } from "vitest";
import { defineJobKind } from "../../src/jobs/defineJobKind.ts";
import { displayText, maxDisplayLength } from "../../src/jobs/payload.ts";
import { parseEntry } from "../support/jobs/wire.ts";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { selectLabel } from "../../src/store/selectors.ts";
import { wireBuild } from "../support/jobs/jobs.ts";

const ignore = () => undefined;
const control = /[\p{Cc}\u2028\u2029]/u;
const bidi = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** What the indicator says of a running build of that project. */
function labelFor(projectId: string): string {
  const store = createActivityStore();
  drive(store).applyJobUpdates([parseEntry("build", { ...wireBuild, projectId }, ignore)]);
  return selectLabel(store.getState());
}

describe("a project's name in a label", () => {
  it("is as it came where nothing is wrong with it", () => {
    expect(labelFor("shop")).toBe("Building (shop)");
    expect(labelFor("Büro & Söhne 🛒 متجر")).toBe("Building (Büro & Söhne 🛒 متجر)");
  });

  it("is cut and ends in an ellipsis where it is a megabyte", () => {
    const label = labelFor("x".repeat(1_000_000));
    expect(label.length).toBeLessThanOrEqual("Building ()".length + maxDisplayLength);
    expect(label).toMatch(/^Building \(x+…\)$/);
  });

  it("is one line without control characters", () => {
    expect(labelFor("a\nb\u0000c\u001b[31md\u0085e\u2028f")).not.toMatch(control);
    expect(labelFor("a\r\nb")).toBe("Building (a b)");
  });

  it("cannot make the label read as another one", () => {
    expect(labelFor("\u202egnp.tpircs")).not.toMatch(bidi);
    expect(labelFor("a\u2066b\u2069c\u200fd\u061ce")).not.toMatch(bidi);
  });

  it("is not known where nothing of it can be shown", () => {
    expect(labelFor("")).toBe("Building…");
    expect(labelFor("   ")).toBe("Building…");
    expect(labelFor("\u202e\n")).toBe("Building…");
  });
});

describe("displayText", () => {
  it("never leaves half a character", () => {
    for (const lead of ["", "a"]) {
      const text = displayText(lead + "🛒".repeat(maxDisplayLength));
      expect(text).not.toMatch(/\p{Cs}/u);
      expect(text.length).toBeLessThanOrEqual(maxDisplayLength);
    }
    expect(displayText("a\ud83d")).toBe("a");
  });

  it("leaves a text of the full length as it is", () => {
    const text = "x".repeat(maxDisplayLength);
    expect(displayText(text)).toBe(text);
    expect(displayText(`${text}x`)).toHaveLength(maxDisplayLength);
  });

  it("makes a failure's reason fit to be shown", () => {
    const failed = { ...wireBuild, status: "failed", error: "exit\n\u202e1".repeat(1_000) };
    const { error = "" } = parseEntry("build", failed, ignore);
    expect(error.length).toBeLessThanOrEqual(maxDisplayLength);
    expect(error).not.toMatch(control);
    expect(error).not.toMatch(bidi);
  });
});

it("a label is made fit for display although the title in it was known before", () => {
  const store = createActivityStore();
  const labelled = defineJobKind({
    name: "deploy",
    noun: "Deployment",
    statuses: { on: { phase: "working", label: ({ id, title }) => `Deploying ${id} (${title})` } },
    parse: (job: { id: string; status: "on"; title?: string }) => job,
  });
  const id = "x\u202ey";
  drive(store).applyJobUpdates([labelled.parse({ id, status: "on", title: "Shop" })]);
  drive(store).applyJobUpdates([labelled.parse({ id, status: "on" })]);
  expect(selectLabel(store.getState())).toBe("Deploying x y (Shop)");
});
