import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** A Chromium on this machine: `AI_API_ACCESS_BROWSER`, or where systems put one. */
export function findBrowser(): string | undefined {
  const { AI_API_ACCESS_BROWSER: named } = process.env;
  return [...(named === undefined ? [] : [named]), ...PLACES].find((path) => existsSync(path));
}

/** Why the tests in a browser do not run, in a sentence. */
export const NO_BROWSER =
  "Skipped: there is no browser on this machine. Install Chromium (on Debian: apt-get install chromium), " +
  "or name one by AI_API_ACCESS_BROWSER.";

/** Starts a browser that nobody sees, and that asks nothing of the network by itself. */
export function startBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
