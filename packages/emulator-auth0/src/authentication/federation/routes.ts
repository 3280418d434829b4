import { compare } from "@ai-api-access/emulator-core";
import type { Call, Reply } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import type { ConnectionRecord } from "../../management/connections/record.ts";
import { labelOf } from "../../management/connections/render.ts";
import { compact } from "../../objects.ts";
import { answering, answeringLater, AuthorizeError, PageError, redirect } from "../authorize/answer.ts";
import { pathOf } from "../authorize/steps.ts";
import { findTransaction } from "../authorize/transactions.ts";
import { signIn } from "../login/login.ts";
import { parametersSchema } from "../parameters.ts";
import type { Parameters } from "../parameters.ts";
import type { TransactionRecord } from "../record.ts";
import { chosenConnection, isSocial } from "./chosen.ts";
import { claimsOf, signInAddress } from "./upstream.ts";
import type { Checks } from "./upstream.ts";
import { userFrom } from "./users.ts";

/** How long a person may take at the identity provider, in milliseconds. */
const LIFETIME = 60 * 60_000;

const CALLBACK = "/login/callback";

/** Where this browser finds the callback: with the pages over plain HTTP it has to come back to those. */
function callbackFor({ origin, secure, headers }: Call): string {
  return `${secure ? origin : `http://${headers.host ?? ""}`}${CALLBACK}`;
}

async function leave(context: Auth0Context, call: Call, transaction: TransactionRecord): Promise<Reply> {
  const { data, clock } = context;
  const connection = chosenConnection(context, transaction);
  if (isSocial(connection)) return redirect(pathOf("social", transaction));
  if (connection.strategy !== "okta" && connection.strategy !== "oidc") {
    const hint =
      "It knows the strategies okta and oidc, and has stand-ins for google-oauth2 and github. Go back, and use another.";
    throw new PageError(501, `This local tenant cannot sign you in with ${labelOf(connection)}.`, hint);
  }
  const { address, checks } = await signInAddress(connection, {
    redirectUri: callbackFor(call),
    loginHint: transaction.login_hint,
  });
  const now = clock();
  context.transaction(() => {
    data.federations.deleteWhere(compare("expires_at", "<", now));
    data.federations.insert({
      ...compact(checks),
      transaction_id: transaction.id,
      connection_id: connection.id,
      expires_at: now + LIFETIME,
    });
  });
  return redirect(address.href);
}

async function comeBack(context: Auth0Context, call: Call, query: Parameters): Promise<Reply> {
  const { data, clock } = context;
  const { state = "", error, error_description: description } = query;
  const kept = data.federations.get(state);
  data.federations.delete(state);
  const transaction = findTransaction(context, call, kept?.transaction_id);
  return await answeringLater(transaction, async () => {
    const connection = kept === undefined ? undefined : data.connections.get(kept.connection_id);
    if (kept === undefined || connection === undefined || kept.expires_at < clock()) {
      throw new AuthorizeError("access_denied", "the connection was deleted, or the sign-in took too long");
    }
    if (error !== undefined) throw new AuthorizeError(error, description ?? error);
    const claims = await claimsFrom(connection, new URL(call.url, callbackFor(call)), kept);
    return context.transaction(() =>
      answering(transaction, () =>
        signIn({ context, call, transaction }, userFrom(context, connection, claims), connection.name),
      ),
    );
  });
}

async function claimsFrom(connection: ConnectionRecord, callback: URL, checks: Checks) {
  try {
    return await claimsOf(connection, callback, checks);
  } catch (error) {
    if (!(error instanceof Error) || error instanceof PageError) throw error;
    throw new AuthorizeError("access_denied", `${labelOf(connection)}: ${error.message}`);
  }
}

/** To the identity provider of a connection, and back from it. */
export const federationRoutes = [
  route({
    method: "GET",
    path: "/u/federated",
    operation: "federated",
    access: "public",
    success: 302,
    query: parametersSchema,
    asyncHandler: async ({ query, call }, context) => {
      const transaction = findTransaction(context, call, query.state);
      return await answeringLater(transaction, () => leave(context, call, transaction));
    },
  }),
  route({
    method: "GET",
    path: CALLBACK,
    operation: "login_callback",
    access: "public",
    success: 302,
    query: parametersSchema,
    asyncHandler: async ({ query, call }, context) => comeBack(context, call, query),
  }),
];
