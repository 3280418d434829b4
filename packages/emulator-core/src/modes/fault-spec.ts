import { z } from "zod";
import { FAULT_STATUSES, faultRuleSchema } from "./faults.ts";
import type { FaultRule } from "./faults.ts";

/** An example for messages and help texts. */
export const FAULT_EXAMPLE = "POST /api/v2/organizations/** 503 after skip=2 count=1";

const NUMBERS = new Set(["skip", "count", "probability", "seed"]);

/**
 * Reads a rule that is written in words, in any order: a method (or `*`), a path pattern, one effect (a status,
 * `drop` or `latency=MS`), `before` or `after`, `skip=N`, `count=N`, `probability=P`, `seed=N`. Without method
 * or path the rule is for all of them; without `before` or `after` the fault comes before.
 *
 * Throws an error that says which word is wrong and what may stand there.
 */
export function parseFaultSpec(spec: string): FaultRule {
  const rule: Record<string, unknown> = {};
  const effect: Record<string, unknown> = {};
  const set = (target: Record<string, unknown>, key: string, value: unknown): void => {
    if (key in target) throw refused(spec, `it says ${key} twice`);
    target[key] = value;
  };
  for (const word of spec.trim().split(/\s+/)) {
    const [, key = "", number = ""] = /^([a-z]+)=(.+)$/.exec(word) ?? [];
    if (/^[A-Z]+$/.test(word)) set(rule, "method", word);
    else if (/^(\/|\*\*)/.test(word)) set(rule, "path", word);
    else if (word === "before" || word === "after") set(effect, "when", word);
    else if (NUMBERS.has(key)) set(rule, key, Number(number));
    else if (key === "latency") {
      set(effect, "kind", "latency");
      effect.ms = Number(number);
    } else if (word === "drop") set(effect, "kind", "drop");
    else if (/^\d+$/.test(word)) {
      set(effect, "kind", "status");
      effect.status = Number(word);
    } else if (word !== "*") throw refused(spec, `"${word}" is none of its words`);
  }
  if (effect.kind === undefined) throw refused(spec, "it does not say what happens");
  if (effect.kind === "drop") effect.when ??= "before";
  const parsed = faultRuleSchema.safeParse({ ...rule, effect });
  if (parsed.success) return parsed.data;
  throw refused(spec, z.prettifyError(parsed.error).replaceAll(/\s*\n\s*/g, " "));
}

function refused(spec: string, reason: string): Error {
  return new Error(
    `The fault "${spec}" cannot be read: ${reason}. ` +
      "Give a method (or *), a path (* in a segment, ** for any rest), an effect " +
      `(${FAULT_STATUSES.join(", ")}, drop or latency=MS), before or after, ` +
      "skip=N, count=N, probability=0…1, seed=N. " +
      `For example: '${FAULT_EXAMPLE}'.`,
  );
}
