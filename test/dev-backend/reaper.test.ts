import { spawn } from "node:child_process";
import { join } from "node:path";

import { describe, expect, it, onTestFinished } from "vitest";

import { createReaper } from "../../src/dev-backend/reaperClient.ts";
import { makeDirectory } from "./support/projects.ts";
import { isRunning, readPid, until } from "./support/waiting.ts";

/** A group whose leader has gone and whose other member takes no notice of SIGTERM. */
async function startStubbornGroup(): Promise<{ groupId: number; member: number }> {
  const directory = makeDirectory();
  const script = `(trap "" TERM; echo $(exec sh -c "echo \\$PPID") > member.pid; exec sleep 300) &`;
  const leader = spawn("sh", ["-c", script], { cwd: directory, detached: true, stdio: "ignore" });
  const member = await readPid(join(directory, "member.pid"));
  await until(() => leader.exitCode !== null, "the leader has gone");
  onTestFinished(() => {
    if (isRunning(member)) process.kill(member, "SIGKILL");
  });
  return { groupId: leader.pid ?? 0, member };
}

describe("the reaper", () => {
  it("ends a group whose leader has gone, by force after the grace time", async () => {
    const { groupId, member } = await startStubbornGroup();
    const reaper = createReaper(50);
    reaper.add(groupId);
    expect(isRunning(member)).toBe(true);
    await reaper.dispose();
    await until(() => !isRunning(member));
  });

  it("leaves a group alone that was removed", async () => {
    const { groupId, member } = await startStubbornGroup();
    const reaper = createReaper(50);
    reaper.add(groupId);
    reaper.remove(groupId);
    await reaper.dispose();
    expect(isRunning(member)).toBe(true);
  });

  it("needs no helper without groups, and is disposed of twice without harm", async () => {
    const reaper = createReaper(50);
    await expect(reaper.dispose()).resolves.toBeUndefined();
    await expect(reaper.dispose()).resolves.toBeUndefined();
  });
});
