import { beforeEach, describe, expect, it, vi } from "vitest";
import { defineJobKind } from "../../../src/jobs/defineJobKind.ts";
import type { Job, JobKey } from "../../../src/jobs/job.ts";
import { createAnnouncer } from "../../../src/react/announce/announcer.ts";
import { defaultLabels } from "../../../src/react/labels.ts";
import { createJobActionRunner } from "../../../src/react/jobActions.ts";
import {
  type ActivityState,
  type ActivityStore,
  createActivityStore,
} from "../../../src/store/activityStore.ts";
import { drive, type Driven } from "../../support/jobs/drive.ts";
import { build, many, run } from "../../support/jobs/jobs.ts";
import { holdTime, passTime } from "../../support/indicator/renderIndicator.tsx";

beforeEach(holdTime);

type Event = (state: Driven & ActivityState) => void;

const goLive: Event = (state) => {
  state.setConnectionStatus("runs", "live");
  state.setConnectionStatus("builds", "live");
};
const lose: Event = (state) => state.setConnectionStatus("runs", "lost", "reset");
const say =
  (...jobs: Job[]): Event =>
  (state) =>
    state.applyJobUpdates(jobs);

const signOut: Event = (state) => {
  state.setConnectionStatus("runs", "off");
  state.setConnectionStatus("builds", "off");
  state.clearBackendJobs();
};

const list =
  (...runs: Job[]): Event =>
  (state) =>
    state.applyJobSnapshot("run", runs);
const register =
  (key: JobKey): Event =>
  (state) =>
    state.registerBackendJob(key, `Working on ${key}`);
const complete =
  (key: JobKey): Event =>
  (state) =>
    state.completeBackendJob(key);

/** What a listener hears after each step, who was there when all was live and idle. */
function hear(...steps: Event[]): string[] {
  const store = createActivityStore();
  goLive(drive(store));
  return hearFrom(store, steps);
}

function hearFrom(store: ActivityStore, steps: readonly Event[]): string[] {
  const announcer = createAnnouncer(store.getState(), createJobActionRunner(store));
  return steps.map((step) => {
    step(drive(store));
    return announcer.gather(store.getState(), defaultLabels, Date.now()).join(" ");
  });
}

/** The same in a host that keeps its jobs by hand. */
function hearWithoutSync(...steps: Event[]): string[] {
  return hearFrom(createActivityStore(), steps);
}

/** What a listener who was there from the first moment hears of several events in one text. */
function hearAtOnce(...events: Event[]): string {
  const store = createActivityStore();
  const announcer = createAnnouncer(store.getState(), createJobActionRunner(store));
  store.subscribe(announcer.follow);
  for (const event of events) event(drive(store));
  return announcer.gather(store.getState(), defaultLabels, Date.now()).join(" ");
}

/** What somebody hears of what happens while the page opens. */
function hearFirst(event: Event): string {
  const store = createActivityStore();
  const announcer = createAnnouncer(store.getState(), createJobActionRunner(store));
  event(drive(store));
  return announcer.gather(store.getState(), defaultLabels, Date.now()).join(" ");
}

describe("a listener hears", () => {
  it("that a job is queued, that it has started and how it ended, each once", () => {
    const texts = hear(
      say(build("1", "pending")),
      say(build("1", "pending")),
      say(build("1", "running")),
      say(build("1", "running")),
      say(build("1", "failed", { error: "tsc exited with 2" })),
      say(build("1", "failed", { error: "tsc exited with 2" })),
    );
    expect(texts).toEqual([
      "Build · shop queued.",
      "",
      "Build · shop started.",
      "",
      "Build · shop failed.",
      "",
    ]);
  });

  it("the end alone of a job that was over before anything was said", () => {
    const whole = say(build("1", "pending"), build("1", "running"), build("1", "succeeded"));
    expect(hear(whole)).toEqual(["Build · shop succeeded."]);
  });

  it("that a job waits for a person, and not that it starts again once somebody has helped", () => {
    const reviews = defineJobKind({
      name: "deploy",
      noun: "Deploy",
      statuses: { going: "working", review: "waiting" },
      parse: (status: "going" | "review") => ({ id: "1", status, title: "shop" }),
    });
    expect(
      hearWithoutSync(
        say(reviews.parse("going")),
        say(reviews.parse("review")),
        say(reviews.parse("going")),
      ),
    ).toEqual(["Deploy · shop started.", "Deploy · shop waits for you.", ""]);
  });

  it("that a job is gone when nobody knows how it ended", () => {
    const texts = hear(say(build("1", "running")), (state) => state.applyJobSnapshot("build", []));
    expect(texts).toEqual(["Build · shop started.", "Build · shop ended, result unknown."]);
  });

  it("that it is back, and not that it has started, when the server lists it again", () => {
    const texts = hear(list(run("1", "running")), list(), list(run("1", "running")), list());
    expect(texts).toEqual([
      "Server · shop started.",
      "Server · shop ended, result unknown.",
      "Server · shop is back.",
      "Server · shop ended, result unknown.",
    ]);
  });

  it("once that it is back, and nothing of the kind in another session", () => {
    const texts = hear(
      list(run("1", "running"), run("2", "running")),
      list(),
      list(run("1", "running")),
      () => {},
      signOut,
      goLive,
      list(run("2", "running")),
    );
    expect(texts).toEqual([
      "Server · shop started. Server · shop started.",
      "Server · shop ended, result unknown. Server · shop ended, result unknown.",
      "Server · shop is back.",
      "",
      "",
      "",
      "Server · shop started.",
    ]);
  });

  it("the end of a request's job also if that was heard of before the answer came", () => {
    const texts = hear(say(build("1", "failed")), (state) =>
      state.applyJobHint(build("1", "pending")),
    );
    expect(texts).toEqual(["", "Build · shop failed."]);
  });

  it("of six things at a time five, and that there is one more", () => {
    const ids = many(6, String);
    const [text] = hear(say(...ids.map((id) => build(id, "running", { projectId: id }))));
    expect(text).toMatch(/^(Build · \d started\. ){5}And 1 more\.$/);
  });

  it("of many things at a time the failures, a few others, and the number of the rest", () => {
    const ids = many(12, String);
    const [, text] = hear(
      say(...ids.map((id) => build(id, "running", { projectId: id }))),
      say(
        ...ids.map((id) => build(id, id === "11" ? "failed" : "succeeded", { projectId: id })),
        run("1", "running"),
      ),
    );
    expect(text).toBe(
      "Build · 11 failed. Build · 0 succeeded. Build · 1 succeeded. Build · 2 succeeded. " +
        "Build · 3 succeeded. And 8 more.",
    );
  });
});

describe("of jobs that a host registers by hand a listener hears", () => {
  it("the label, and the end", () => {
    expect(hear(register("deploy:1"), complete("deploy:1"))).toEqual([
      "Working on deploy:1 started.",
      "Working on deploy:1 ended.",
    ]);
  });

  it("start and end of the table's kinds too where there is no sync", () => {
    expect(hearWithoutSync(register("build:1"), complete("build:1"))).toEqual([
      "Working on build:1 started.",
      "Working on build:1 ended.",
    ]);
  });

  it("nothing when they go with the session", () => {
    const [, text] = hear(register("deploy:1"), signOut);
    expect(text).toBe("");
  });

  it("no more than that of a kind with a name that every object knows", () => {
    expect(hear(register("constructor:1"))).toEqual(["Working on constructor:1 started."]);
  });
});

describe("a request", () => {
  it("is worth a word from two seconds on, and then its end is", () => {
    const texts = hear(
      (state) => void state.registerRequestAction("Syncing"),
      () => passTime(1_999),
      () => passTime(1),
      () => passTime(60_000),
      (state) => state.completeRequestAction(firstRequest(state)),
    );
    expect(texts).toEqual(["", "", "Syncing started.", "", "Syncing ended."]);
  });

  it("about a job leaves the end to that", () => {
    const texts = hear(
      say(run("1", "running")),
      (state) => void state.registerRequestAction("Stopping server", "run:1"),
      () => passTime(2_000),
      say(run("1", "stopping")),
      say(run("1", "stopped")),
      (state) => state.completeRequestAction(firstRequest(state)),
    );
    expect(texts.filter((text) => text !== "")).toEqual([
      "Server · shop started.",
      "Stopping server started.",
      "Server · shop stopped.",
    ]);
  });

  it("about a job that is gone at once is one story with it", () => {
    const texts = hear(
      say(run("1", "running")),
      (state) => void state.registerRequestAction("Stopping server", "run:1"),
      say(run("1", "stopped")),
      () => passTime(2_000),
      () => passTime(2_000),
      (state) => state.completeRequestAction(firstRequest(state)),
    );
    expect(texts).toEqual(["Server · shop started.", "", "Server · shop stopped.", "", "", ""]);
  });

  it("about a job that vanished says no more of it", () => {
    const texts = hear(
      list(run("1", "running")),
      (state) => void state.registerRequestAction("Stopping server", "run:1"),
      list(),
      () => passTime(2_000),
      (state) => state.completeRequestAction(firstRequest(state)),
    );
    expect(texts).toEqual([
      "Server · shop started.",
      "",
      "Server · shop ended, result unknown.",
      "",
      "",
    ]);
  });

  it("about a job that never shows anything of it has an end of its own", () => {
    const texts = hear(
      say(run("1", "running")),
      (state) => void state.registerRequestAction("Stopping server", "run:1"),
      () => passTime(2_000),
      (state) => state.completeRequestAction(firstRequest(state)),
    );
    expect(texts.slice(2)).toEqual(["Stopping server started.", "Stopping server ended."]);
  });

  it("that begins a job leaves all to that, however long the answer takes", () => {
    const texts = hear(
      (state) => void state.registerRequestAction("Triggering build", "new"),
      say(build("1", "pending")),
      () => passTime(2_000),
      (state) => state.completeRequestAction(firstRequest(state), "build:1"),
    );
    expect(texts).toEqual(["", "Build · shop queued.", "", ""]);
  });

  it("that begins a job is worth a word where that is slow to come, and its end is none", () => {
    const texts = hear(
      (state) => void state.registerRequestAction("Triggering build", "new"),
      () => passTime(2_000),
      say(build("1", "pending")),
      (state) => state.completeRequestAction(firstRequest(state), "build:1"),
    );
    expect(texts).toEqual(["", "Triggering build started.", "Build · shop queued.", ""]);
  });

  it("that was shorter is none", () => {
    const texts = hear(
      (state) => void state.registerRequestAction("Syncing"),
      (state) => state.completeRequestAction(firstRequest(state)),
      () => passTime(60_000),
    );
    expect(texts).toEqual(["", "", ""]);
  });
});

describe("a lost connection", () => {
  it("is said once when it has lasted five seconds, and so is its return", () => {
    const texts = hear(
      lose,
      () => passTime(4_999),
      () => passTime(1),
      () => passTime(60_000),
      goLive,
    );
    expect(texts).toEqual([
      "",
      "",
      "Connection lost. What is shown is last known.",
      "",
      "Connection restored.",
    ]);
  });

  it("is not said to be restored when the session has ended instead", () => {
    const texts = hear(lose, () => passTime(5_000), signOut);
    expect(texts).toEqual(["", "Connection lost. What is shown is last known.", ""]);
  });

  it("is not worth a word when it comes back sooner, nor is its return", () => {
    expect(
      hear(
        lose,
        () => passTime(4_000),
        goLive,
        () => passTime(60_000),
      ),
    ).toEqual(many(4, () => ""));
  });
});

it("a clock that is set back keeps nobody from hearing of a loss or of a long request", () => {
  const texts = hear(
    (state) => {
      lose(state);
      void state.registerRequestAction("Syncing");
    },
    () => vi.setSystemTime(Date.now() - 3_600_000),
  );
  expect(texts).toEqual(["", "Connection lost. What is shown is last known. Syncing started."]);
});

describe("what is news is judged when it happens, however late it is said:", () => {
  it("a build that was asked for right after the first answer", () => {
    const text = hearAtOnce(goLive, (state) => state.applyJobHint(build("1", "running")));
    expect(text).toBe("Build · shop started.");
  });

  it("the end of what the first answer has listed", () => {
    const text = hearAtOnce(say(run("1", "running")), goLive, say(run("1", "failed")));
    expect(text).toBe("Server · shop failed.");
  });

  it("nothing that the first answer has listed, be it after a loss", () => {
    const text = hearAtOnce(lose, list(run("1", "running")), goLive);
    expect(text).toBe("");
  });

  it("nothing that goes with the session, whatever goes first", () => {
    const text = hearAtOnce(
      goLive,
      list(run("1", "running")),
      (state) => state.clearBackendJobs(),
      signOut,
    );
    expect(text).toBe("");
  });
});

describe("no news is", () => {
  it("what is going on already", () => {
    const first = hearFirst((state) => {
      goLive(state);
      say(run("1", "running"), build("2", "pending"))(state);
    });
    expect(first).toBe("");
  });

  it("what ended in another tab before this one was opened", () => {
    const other = createActivityStore();
    say(build("1", "running"), build("2", "running"))(drive(other));
    say(build("1", "failed"), build("2", "succeeded"))(drive(other));
    const ended = Object.values(other.getState().endedJobs);
    const first = hearFirst((state) => {
      goLive(state);
      state.applyJobPatch(
        { isWhole: true, active: [], ended, gone: [] },
        new Set(["build", "run"]),
      );
    });
    expect(first).toBe("");
  });

  it("what goes with the session", () => {
    const [, text] = hear(say(run("1", "running")), signOut);
    expect(text).toBe("");
  });
});

function firstRequest({ requestActions }: ActivityState) {
  const [request] = Object.values(requestActions);
  if (!request) throw new Error("No request in flight");
  return request.key;
}

it("a source's first answer is not announced, though another job moves to the front with it", () => {
  const store = createActivityStore();
  const verbs = drive(store);
  verbs.registerBackendJob("import:1", "Importing");
  verbs.setConnectionStatus("runs", "live");
  verbs.applyJobUpdates([run("1", "running")]);
  verbs.setConnectionStatus("builds", "connecting");
  const announcer = createAnnouncer(store.getState(), createJobActionRunner(store));
  store.subscribe(announcer.follow);
  // One write in which one job comes, one goes, and a third becomes the latest again.
  verbs.batch(() => {
    verbs.applyJobSnapshot("build", [build("2", "running")]);
    verbs.applyJobUpdates([run("1", "stopping")]);
    verbs.removeJobs(["import:1"]);
  });
  verbs.setConnectionStatus("builds", "live");
  const said = announcer.gather(store.getState(), defaultLabels, Date.now()).join(" ");
  expect(said).not.toContain("Build");
});
