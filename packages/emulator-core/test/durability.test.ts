/** Claim: what a tenant acknowledged survives the death of its process, and nothing is half written. */
import { expect, test } from "@jest/globals";
import { killWhileWriting } from "./durability/kills.ts";

/** `npm run soak` kills more often, at other moments. */
const KILLS = Number(process.env.SOAK_RUNS ?? 3);
const SEED = Number(process.env.SOAK_SEED ?? 7);

test(`after ${String(KILLS)} kills under writes nothing acknowledged is lost, nothing is torn (seed ${String(SEED)})`, async () => {
  const { tenants } = await killWhileWriting({ kills: KILLS, seed: SEED, writers: 4 });
  expect(tenants).toMatchObject([
    { vendor: "auth0", findings: [], integrity: "ok" },
    { vendor: "okta", findings: [], integrity: "ok" },
  ]);
  // How much a slow machine writes before a few kills is left open; many kills hit enough to find a fault in.
  if (KILLS < 20) return;
  for (const { acknowledged, unanswered } of tenants) {
    expect(acknowledged).toBeGreaterThan(10);
    expect(unanswered.applied + unanswered.notApplied).toBeGreaterThan(0);
  }
}, 3_600_000);
