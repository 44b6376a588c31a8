import type { FakeRequest } from "../../../src/testing/request.ts";
import { badEntry, badWhole } from "./badInput.ts";
import { type Evidence, nothing } from "./evidence.ts";
import type { Server, Telling } from "./server.ts";
import type { Delivery } from "./stream.ts";

/** How a poll can fail. */
export const pollFailures = ["network", 403, 500, 503, "no JSON", "malformed"] as const;

/** One question for the list of builds. */
interface Question {
  readonly askedAt: number;
  readonly isOver: () => boolean;
  readonly request: FakeRequest;
  /** What the server answered, on its way or not. */
  answer?: readonly Telling[];
}

/** The server's side of the poll, with a network between that delays and fails. */
export interface PollWires {
  /** The client has sent a question; `isOver` tells whether its session has ended. */
  asked: (request: FakeRequest, askedAt: number, isOver: () => boolean) => void;
  /** The server answers; the answer is on its way. */
  answer: (index: number) => void;
  /** The answer arrives, `bad` if something malformed is in it. */
  deliver: (index: number, at: number, bad?: number) => Delivery;
  fail: (index: number, how: (typeof pollFailures)[number], choice: number) => Delivery;
  /** The server says that the session has ended; whether somebody heard it. */
  refuse: (index: number) => boolean;
  /** How many questions wait for an answer. */
  waiting: () => number;
}

// After the time-out only the time-out is heard.
function isLateFor({ isOver, request }: Question): boolean {
  return isOver() || request.isAborted();
}

/** Creates the wires between a server and one client. */
export function createPollWires(server: Server): PollWires {
  let questions: Question[] = [];

  function take(index: number): Question | undefined {
    questions = questions.filter(({ request }) => !request.isSettled());
    return questions[index % Math.max(1, questions.length)];
  }

  return {
    asked: (request, askedAt, isOver) => void questions.push({ request, askedAt, isOver }),
    answer(index) {
      const question = take(index);
      if (question) question.answer ??= server.list("build");
    },
    deliver(index, at, bad) {
      const question = take(index);
      if (!question) return { evidence: nothing };
      const jobs = question.answer ?? server.list("build");
      const extra = bad === undefined ? undefined : badEntry("build", bad, jobs);
      const builds = [...jobs.map((job) => job.wire), ...(extra ? [extra.entry] : [])];
      const isLate = isLateFor(question);
      question.request.respond({ builds });
      if (isLate) return { evidence: { type: "late" } };
      const { askedAt } = question;
      const evidence = { type: "snapshot", kind: "build", jobs, askedAt, at } as const;
      return { evidence, badField: extra?.field };
    },
    fail(index, how, choice) {
      const question = take(index);
      if (!question) return { evidence: nothing };
      const evidence: Evidence = isLateFor(question)
        ? { type: "late" }
        : { type: "failure", source: "builds" };
      const { data, field } = badWhole("answer", choice);
      if (how === "network") question.request.fail();
      else if (how === "no JSON") question.request.respond("<html>");
      else if (how === "malformed") question.request.respond(data);
      else question.request.respond({ error: "no" }, how);
      const isTold = how === "malformed" && evidence.type === "failure";
      return { evidence, badField: isTold ? field : undefined };
    },
    refuse(index) {
      const question = take(index);
      const isHeard = question !== undefined && !isLateFor(question);
      question?.request.respond({ error: "sign in" }, 401);
      return isHeard;
    },
    waiting: () => questions.filter(({ request }) => !request.isSettled()).length,
  };
}
