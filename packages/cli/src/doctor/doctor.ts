/** Everything that can be known of a stack before its `up`, by reading alone. */
import { findGone, type Gone } from "@ai-api-access/recovery";
import { readersOf, trustCertificateFile } from "@ai-api-access/tenant-clients";
import { SUBJECTS, unchecked, type Check } from "./check.ts";
import { checkConfiguration, type Configuration } from "./checks/configuration.ts";
import { checkCredentials } from "./checks/credentials.ts";
import { checkExistingNames } from "./checks/existing-names.ts";
import { checkFreeNames } from "./checks/free-names.ts";
import { checkInvitations } from "./checks/invitations.ts";
import { checkEntityLimits, estimateUp, readAllowance } from "./checks/limits.ts";
import { checkMcp } from "./checks/mcp.ts";
import { checkPushedRequests } from "./checks/pushed-requests.ts";
import { checkOktaRights } from "./checks/okta-rights.ts";
import { checkOktaScopes, checkScopes } from "./checks/scopes.ts";
import { checkSignIn } from "./checks/sign-in.ts";
import { checkState } from "./checks/state.ts";
import type { DoctorInput } from "./input.ts";
import { inspect } from "./inspect.ts";
import { checkTools } from "./tools.ts";
import { logIn, type LoggedIn } from "./log-in.ts";

/** Every check, in the order of the report. */
export async function diagnose(input: DoctorInput): Promise<readonly Check[]> {
  trustCertificateFile(input.source.environment.SSL_CERT_FILE);
  const configuration = checkConfiguration(input);
  const credentials = checkCredentials(input.source, {
    wrongAddresses: configuration.wrongAddresses,
    encrypted: input.encrypted,
  });
  const tenants = await logIn(credentials);
  const { auth0, okta } = tenants;
  const resources = input.stored?.state.resources ?? [];
  const found = auth0 && okta && (await findGone(resources, readersOf({ auth0, okta })));
  const checks = [
    ...checkTools(input.tools),
    ...configuration.checks,
    ...credentials.checks,
    ...tenants.checks,
    ...(input.stored ? checkState(input.stored, found, input.name) : []),
    ...(await checkDeclared(withoutGone(input, found), configuration, tenants)),
  ];
  return checks.toSorted((a, b) => SUBJECTS.indexOf(a.subject) - SUBJECTS.indexOf(b.subject));
}

/** The next `up` makes again what is gone: the checks count with the rest of the state. */
function withoutGone(input: DoctorInput, { gone }: Gone = { gone: [], unread: [] }): DoctorInput {
  const urns = new Set(gone.map(({ urn }) => urn));
  return { ...input, state: new Map([...input.state].filter(([urn]) => !urns.has(urn))) };
}

/** What depends on what the stack declares. */
async function checkDeclared(
  { name, nameInUrns = name, project, program, state, encrypted, outputsOf }: DoctorInput,
  { source, readable }: Configuration,
  { auth0, okta, scopes, oktaScopes, asApiToken }: LoggedIn,
): Promise<Check[]> {
  if (!readable) {
    const reason = "not before the configuration has no mistakes";
    return [
      ...(okta === undefined ? [] : await checkOktaRights(okta, asApiToken, [])),
      ...(["scopes", "names that must exist", "sign-in", "names that must be free", "limits"] as const).map(
        (subject) => unchecked(subject, reason),
      ),
    ];
  }
  const config = program.readStackConfig(source);
  const inspection = await inspect(
    { name: nameInUrns, project, source, program, config, outputsOf },
    { ...(auth0 && { auth0: auth0.read }), ...(okta && { okta: okta.read }) },
    state,
  );
  const missing = checkOktaScopes(inspection, oktaScopes);
  return [
    ...(auth0 ? checkScopes(inspection, scopes) : [unchecked("scopes", "Auth0 could not be asked")]),
    ...missing,
    ...(okta === undefined || missing.length > 0
      ? [unchecked("admin rights", "Okta could not be asked")]
      : await checkOktaRights(okta, asApiToken, inspection.registrations)),
    ...(await checkExistingNames(config, inspection, { auth0, okta })),
    ...(auth0 ? await checkSignIn(config, inspection, state, auth0) : []),
    ...(auth0 ? await checkInvitations(config, inspection, auth0) : []),
    ...(auth0 ? await checkPushedRequests(config, auth0) : []),
    ...(auth0 ? await checkMcp(config, auth0) : []),
    ...(encrypted === undefined
      ? checkFreeNames(inspection, state, name)
      : [unchecked("names that must be free", "the state cannot be read without the Pulumi CLI")]),
    ...(auth0 ? await checkEntityLimits(config, inspection, state, auth0) : []),
    estimateUp(inspection, state, await readAllowance({ auth0, okta })),
  ];
}
