/** `baseStack`: the stack that has the API, the roles, the login application and the service app. */
import { pattern } from "../components/checks/kinds.ts";

export const baseStack = pattern(/^[\w.-]+\/[\w.-]+\/[\w.-]+$/, {
  wants: "the full name of a stack of this program: organization/project/stack",
  example: "my-org/ai-api-access/base",
  description:
    "The stack whose API, roles, login application and service app this one uses, through its outputs; nothing of them is changed",
  leftOut: "the stack declares what it needs, or names it as `existing`",
});
