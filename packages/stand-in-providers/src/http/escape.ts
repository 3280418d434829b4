/**
 * One path segment, escaped as Go programs do: `https://x` becomes `https:%2F%2Fx`, `auth0|a` becomes
 * `auth0%7Ca`, and `$&+=:@` stay.
 */
export function segment(text: string): string {
  return encodeURIComponent(text).replace(/%(24|26|2B|3D|3A|40)/g, (code) => decodeURIComponent(code));
}

/** Query parameters in the order of their names, as Go programs write them. */
export function query(parameters: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const text = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) text.append(name, String(value));
  }
  text.sort();
  return text.size === 0 ? "" : `?${text.toString()}`;
}
