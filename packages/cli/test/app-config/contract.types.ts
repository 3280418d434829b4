/**
 * What the stack exports, what the command passes on and what an application reads are one shape. Nothing here runs:
 * `npm run typecheck` fails where one of the three says more or less than the others.
 */
import type * as pulumi from "@pulumi/pulumi";
import type { AppConfig as Read } from "../../../../examples/ai-api/app-config.ts";
import type { AppConfigValues as PassedOn } from "../../src/app-config/contract.ts";
import type { StackOutputs } from "../../../../src/outputs.ts";

/** As it is when the engine has resolved it. */
type Exported = pulumi.Unwrap<StackOutputs["appConfig"]>;

/** Each can stand for the other, and neither has a field that the other has not. */
type Same<A, B> = [A, B, Fields<A>, Fields<B>] extends [B, A, Fields<B>, Fields<A>] ? true : false;
/** `auth0.issuer` and so on; an absent optional field would otherwise go unnoticed. */
type Fields<T> = {
  [Part in keyof T]-?: `${string & Part}.${string & keyof NonNullable<T[Part]>}`;
}[keyof T];

type Holds<Claim extends true> = Claim;

/** @public */
export type Claims = [
  Holds<Same<Exported, PassedOn>>,
  Holds<Same<PassedOn, Exported>>,
  Holds<Same<PassedOn, Read>>,
  Holds<Same<Exported, Read>>,
];
