import { createHash } from "node:crypto";
import { z } from "zod";
import type { Auth0Context } from "../../context.ts";
import type { ConnectionRecord } from "../../management/connections/record.ts";
import { defaultPicture } from "../../management/users/create.ts";
import type { UserRecord } from "../../management/users/record.ts";
import { compact } from "../../objects.ts";

const text = z.string().optional().catch(undefined);

const claimsSchema = z.object({
  sub: z.string(),
  email: text,
  email_verified: z.boolean().optional().catch(undefined),
  name: text,
  nickname: text,
  preferred_username: text,
  given_name: text,
  family_name: text,
  picture: text,
});

/** The user that somebody from an identity provider is, with the profile as it is there now; made at the first login. */
export function userFrom(
  { data, now }: Auth0Context,
  { strategy, name: connection }: ConnectionRecord,
  claims: object,
  isSocial = false,
): UserRecord {
  const { sub, preferred_username: login, ...profile } = claimsSchema.parse(claims);
  // Companies may have the same person's id in two connections, the whole world's providers have each id once.
  const own = isSocial ? sub : `${connection}|${sub}`;
  const id = `${strategy}|${own}`;
  const label = profile.email ?? login ?? sub;
  const known = data.users.get(id);
  const made: UserRecord = {
    user_id: id,
    created_at: now(),
    identities: [{ connection, user_id: own, provider: strategy, isSocial }],
    name: label,
    nickname: label.split("@")[0] ?? label,
    picture: defaultPicture(label),
    updated_at: now(),
  };
  return data.users.put({
    ...made,
    ...known,
    ...compact(profile),
    ...compact({ email: profile.email?.toLowerCase() }),
    updated_at: now(),
  });
}

/** The id that a social provider has for an email address: always the same digits. */
export function socialId(strategy: string, email: string): string {
  const digest = createHash("sha256").update(`${strategy} ${email.toLowerCase()}`).digest("hex");
  const digits = BigInt(`0x${digest}`).toString();
  return strategy === "google-oauth2" ? digits.slice(0, 21) : digits.slice(0, 8);
}
