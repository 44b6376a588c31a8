import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const shells = ["chromium-headless-shell", "chrome-headless-shell"];

/**
 * The whole browser, with tabs that are hidden and frozen as a person's are: `CHROMIUM_PATH`, else
 * one on the PATH, else Playwright's own; `undefined` if there is none.
 */
export function findChromium(): string | undefined {
  return [...named(), ...onPath(browsers), chromium.executablePath()].find(isExecutable);
}

/**
 * Chromium without windows, whose pages take a quarter of the time to open: `CHROMIUM_PATH`, else
 * one on the PATH; `undefined` if there is none.
 */
export function findHeadlessShell(): string | undefined {
  return [...named(), ...onPath(shells)].find(isExecutable);
}

function named(): string[] {
  const path = process.env["CHROMIUM_PATH"];
  return path ? [path] : [];
}

function onPath(names: readonly string[]): string[] {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
