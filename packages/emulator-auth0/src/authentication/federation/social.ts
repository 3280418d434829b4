import type { Reply } from "@ai-api-access/emulator-core";
import type { ConnectionRecord } from "../../management/connections/record.ts";
import { emailAddress } from "../../management/formats.ts";
import { socialPage } from "../../pages/pages.ts";
import { AuthorizeError } from "../authorize/answer.ts";
import { pathOf, subjectOf } from "../authorize/steps.ts";
import { formToken } from "../authorize/transactions.ts";
import { signIn } from "../login/login.ts";
import { routesOfPage } from "../login/page-routes.ts";
import type { Visit } from "../login/page-routes.ts";
import type { Parameters } from "../parameters.ts";
import { chosenConnection } from "./chosen.ts";
import { socialId, userFrom } from "./users.ts";

/** The social providers that the tenant stands in for. */
const PROVIDERS: Readonly<Record<string, string>> = { "google-oauth2": "Google", github: "GitHub" };

/** Who may be chosen there: nobody from the tenant’s own database. */
const PEOPLE = [
  { name: "Hedy Lamarr", email: "hedy@example.net" },
  { name: "Tim Berners-Lee", email: "tim@example.net" },
];

function show(visit: Visit, email = "", error?: string): Reply {
  const { context, transaction } = visit;
  return socialPage(context, error === undefined ? 200 : 400, {
    organization: undefined,
    application: subjectOf(context, transaction).client.name,
    provider: providerOf(chosenConnection(context, transaction)),
    action: pathOf("social", transaction),
    formToken: formToken(context, transaction),
    people: PEOPLE,
    email,
    error,
  });
}

function providerOf({ strategy }: ConnectionRecord): string {
  return PROVIDERS[strategy] ?? strategy;
}

function submit(visit: Visit, { email = "", choice }: Parameters): Reply {
  const { context, transaction } = visit;
  const connection = chosenConnection(context, transaction);
  if (choice === "refuse") {
    throw new AuthorizeError("access_denied", `the person refused at ${providerOf(connection)}`);
  }
  const wanted = emailAddress.safeParse(choice ?? email.trim());
  if (!wanted.success) return show(visit, email, "Please enter an email address");
  const person = PEOPLE.find((one) => one.email === wanted.data);
  const sub = socialId(connection.strategy, wanted.data);
  const claims = { sub, email_verified: true, ...(person ?? { email: wanted.data }) };
  return signIn(visit, userFrom(context, connection, claims, true), connection.name);
}

/** A page in place of a social provider, on which one picks who to be. */
export const socialRoutes = routesOfPage({
  path: "/u/social",
  operation: "social",
  show: (visit) => show(visit),
  submit,
});
