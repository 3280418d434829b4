// The entry is plain JavaScript: Pulumi compiles a pack's TypeScript entry with ts-node, and Node reads the rules itself.
import { PolicyPack } from "@pulumi/policy";
import { rules } from "./rules/index.ts";

/** What Pulumi runs with `--policy-pack policy`. What a violation leads to may be set for each rule (docs/policy.md). */
new PolicyPack("ai-api-access", { policies: rules });
