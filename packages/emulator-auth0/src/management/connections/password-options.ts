import { isRecord, recordOr } from "@ai-api-access/emulator-core";

/** The newer kind of password policy, as the server fills it in where nothing is said of passwords. */
export const DEFAULT_PASSWORD_OPTIONS = {
  complexity: {
    character_type_rule: "all",
    identical_characters: "allow",
    sequential_characters: "allow",
    max_length_exceeded: "error",
    min_length: 15,
    character_types: [],
  },
  profile_data: {
    active: false,
    blocked_fields: [
      "name",
      "username",
      "nickname",
      "email",
      "phone_number",
      "user_metadata.name",
      "user_metadata.first",
      "user_metadata.last",
    ],
  },
  history: { active: false, size: 3 },
  dictionary: { active: false, custom: [], default: "en_100k" },
};

/** Options in which a policy of the newer kind is complete. */
export function withPasswordDefaults(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const asked = options.password_options;
  if (!isRecord(asked)) return { ...options };
  const parts = Object.entries(DEFAULT_PASSWORD_OPTIONS).map(([name, defaults]) => [
    name,
    { ...defaults, ...recordOr(asked[name]) },
  ]);
  return { ...options, password_options: Object.fromEntries(parts) };
}
