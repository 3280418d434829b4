/** The configuration of a provider, under its own names: `{ domain: "acme.us.auth0.com" }`. */
export type ProviderConfig = Readonly<Record<string, string | undefined>>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** The part of a stack's configuration that is a provider's. */
export function providerConfig(values: Environment, provider: "auth0" | "okta"): ProviderConfig {
  const prefix = `${provider}:`;
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value] as const] : [],
    ),
  );
}

/** Reads a setting from the configuration or else the environment; an empty one says nothing. */
export function settingsReader<Name extends string>(
  variables: Readonly<Record<Name, string>>,
  config: ProviderConfig,
  environment: Environment,
): (name: Name) => string {
  return (name) => {
    const value = config[name] ?? "";
    return value === "" ? (environment[variables[name]] ?? "") : value;
  };
}

/** Whether a URL's host name is this machine's own; IPv6 has its brackets. */
export function isLoopback(hostname: string): boolean {
  return /^(?:(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
