const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** What is being stood in for, for the message of a refusal. */
export interface Official {
  /** Package name, `auth0` or `okta`. */
  readonly name: string;
  /** Version of the official plugin that the SDK asks for. */
  readonly version: string;
}

/**
 * Answers the origin to talk to, and refuses everything but this machine: a stand-in must never reach a real
 * tenant. `address` is a URL or a bare `host[:port]`, which is taken as https.
 */
export function loopbackOrigin(address: string, setting: string, official: Official): string {
  const url = URL.parse(/^[a-z]+:\/\//i.test(address) ? address : `https://${address}`);
  const plain = url !== null && url.username === "" && url.password === "";
  if (plain && ["http:", "https:"].includes(url.protocol) && LOOPBACK.has(url.hostname)) return url.origin;
  throw new Error(
    `This is a stand-in for the official ${official.name} plugin, for the local twin only: it talks to ` +
      `localhost, 127.0.0.1 or [::1] and to nothing else, and ${setting} is "${shown(address)}".\n` +
      `For a real tenant take "plugins" out of the project file and install the official plugin:\n` +
      `  pulumi plugin install resource ${official.name} ${official.version}`,
  );
}

/** The address without any credentials that somebody wrote into it. */
function shown(address: string): string {
  return address.replace(/\/\/[^/@]*@/, "//…@");
}
