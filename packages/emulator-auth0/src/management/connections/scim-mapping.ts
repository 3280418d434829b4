/** An attribute of SCIM, and where Auth0 keeps it. */
interface MappedAttribute {
  readonly scim: string;
  readonly auth0: string;
}

/** `scim -> auth0` of each, as answers of the vendor list them. */
function mapped(...entries: readonly string[]): MappedAttribute[] {
  return entries.map((entry) => {
    const [scim = "", auth0 = ""] = entry.split(" -> ");
    return { scim, auth0 };
  });
}

const ENTERPRISE_USER = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** What all strategies end with. */
const COMMON = mapped(
  'addresses[type eq "work"].streetAddress -> app_metadata.street_address',
  'addresses[type eq "work"].locality -> app_metadata.city',
  'addresses[type eq "work"].region -> app_metadata.state',
  'addresses[type eq "work"].postalCode -> app_metadata.postal_code',
  'addresses[type eq "work"].formatted -> app_metadata.postal_address',
  'addresses[type eq "work"].country -> app_metadata.country',
  "profileUrl -> app_metadata.profile_url",
  "userType -> app_metadata.user_type",
  "title -> app_metadata.title",
  "preferredLanguage -> app_metadata.language",
  "locale -> app_metadata.locale",
  "timezone -> app_metadata.timezone",
  `${ENTERPRISE_USER}.employeeNumber -> app_metadata.employee_id`,
  `${ENTERPRISE_USER}.costCenter -> app_metadata.cost_center`,
  `${ENTERPRISE_USER}.organization -> app_metadata.organization`,
  `${ENTERPRISE_USER}.division -> app_metadata.division`,
  `${ENTERPRISE_USER}.department -> app_metadata.department`,
  `${ENTERPRISE_USER}.manager -> app_metadata.manager`,
);

const OKTA = [
  ...mapped(
    "userName -> preferred_username",
    "emails[primary eq true].value -> email",
    "externalId -> app_metadata.external_id",
    "active -> blocked",
    "displayName -> name",
    "name.givenName -> given_name",
    "name.familyName -> family_name",
    "name.middleName -> app_metadata.middle_name",
    "name.honorificPrefix -> app_metadata.honorific_prefix",
    "name.honorificSuffix -> app_metadata.honorific_suffix",
    "nickName -> nickname",
    'photos[type eq "photo"].value -> picture',
    "phoneNumbers[primary eq true].value -> app_metadata.primary_phone_number",
    'phoneNumbers[type eq "mobile"].value -> app_metadata.mobile_phone_number',
  ),
  ...COMMON,
];

const AZURE = [
  ...mapped(
    "userName -> upn",
    'emails[type eq "work"].value -> email',
    "externalId -> app_metadata.external_id",
    "active -> blocked",
    "displayName -> name",
    "name.givenName -> given_name",
    "name.familyName -> family_name",
    "nickName -> nickname",
    'photos[type eq "photo"].value -> picture',
    'phoneNumbers[type eq "work"].value -> app_metadata.work_phone_number',
    'phoneNumbers[type eq "mobile"].value -> app_metadata.mobile_phone_number',
    'phoneNumbers[type eq "fax"].value -> app_metadata.fax_number',
  ),
  ...COMMON,
];

/** The attributes that the vendor maps unless told otherwise; nothing for a strategy without SCIM. */
export function scimMapping(strategy: string): MappedAttribute[] | undefined {
  if (strategy === "waad") return AZURE;
  return ["okta", "oidc", "samlp"].includes(strategy) ? OKTA : undefined;
}
