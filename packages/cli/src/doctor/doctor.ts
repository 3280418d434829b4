/** Everything that can be known of a stack before its `up`, by reading alone. */
import { trustAsPluginsDo } from "../shared/tenants/trust.ts";
import { SUBJECTS, unchecked, type Check } from "./check.ts";
import { checkConfiguration, type Configuration } from "./checks/configuration.ts";
import { checkCredentials } from "./checks/credentials.ts";
import { checkExistingNames } from "./checks/existing-names.ts";
import { checkFreeNames } from "./checks/free-names.ts";
import { checkEntityLimits, estimateUp, readAllowance } from "./checks/limits.ts";
import { checkOktaRights } from "./checks/okta-rights.ts";
import { checkOktaScopes, checkScopes } from "./checks/scopes.ts";
import { examine } from "./examine.ts";
import type { Patient } from "./patient.ts";
import { checkTools } from "./tools.ts";
import { logIn, type LoggedIn } from "./log-in.ts";

/** Every check, in the order of the report. */
export async function diagnose(patient: Patient): Promise<readonly Check[]> {
  trustAsPluginsDo(patient.source.environment);
  const configuration = checkConfiguration(patient);
  const credentials = checkCredentials(patient.source);
  const tenants = await logIn(credentials);
  const checks = [
    ...checkTools(patient.tools),
    ...configuration.checks,
    ...credentials.checks,
    ...tenants.checks,
    ...(await checkDeclared(patient, configuration, tenants)),
  ];
  return checks.toSorted((a, b) => SUBJECTS.indexOf(a.subject) - SUBJECTS.indexOf(b.subject));
}

/** What depends on what the stack declares. */
async function checkDeclared(
  { name, project, program, state }: Patient,
  { source, readable }: Configuration,
  { auth0, okta, scopes, oktaScopes, asApiToken }: LoggedIn,
): Promise<Check[]> {
  if (!readable) {
    const reason = "not before the configuration has no mistakes";
    return [
      ...(okta === undefined ? [] : await checkOktaRights(okta, asApiToken, [])),
      ...(["scopes", "names that must exist", "names that must be free", "limits"] as const).map((subject) =>
        unchecked(subject, reason),
      ),
    ];
  }
  const config = program.readStackConfig(source);
  const examined = await examine(
    { name, project, source, program, config },
    { ...(auth0 && { auth0: auth0.read }), ...(okta && { okta: okta.read }) },
    state,
  );
  const missing = checkOktaScopes(oktaScopes);
  return [
    ...(auth0 ? checkScopes(examined, scopes) : [unchecked("scopes", "Auth0 could not be asked")]),
    ...missing,
    ...(okta === undefined || missing.length > 0
      ? [unchecked("admin rights", "Okta could not be asked")]
      : await checkOktaRights(okta, asApiToken, examined.registrations)),
    ...(await checkExistingNames(config, examined, { auth0, okta })),
    ...checkFreeNames(examined, state, name),
    ...(auth0 ? await checkEntityLimits(examined, state, auth0) : []),
    estimateUp(examined, state, await readAllowance({ auth0, okta })),
  ];
}
