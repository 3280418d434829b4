import { PolicyPack } from "@pulumi/policy";
import { rules } from "./rules";

/** What Pulumi runs with `--policy-pack policy`. What a violation leads to may be set for each rule (docs/policy.md). */
new PolicyPack("ai-api-access", { policies: rules });
