/** `app-config`, run in this process on outputs of a file, with all that it says. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AppConfigValues } from "../../src/app-config/contract.ts";
import { runCommand, type Ran } from "../run-command.ts";

export const SECRET = "kT9vXw2LrQ8sPz4mTheOneThatNobodyMayRead";

export const CONFIG: Required<Pick<AppConfigValues, "okta">> & AppConfigValues = {
  auth0: {
    issuer: "https://acme.us.auth0.com/",
    audience: "https://ai.example.com",
    organizationId: "org_6WDCFcNyprPeMcHi",
    organizationName: "my-awesome-company",
    organizationDomain: "acme.us.auth0.com",
    clientId: "uoAY8d2jjN6UZ8RihTT2CJxSCSbaSakJ",
    proofOfPossession: "required",
  },
  okta: {
    issuer: "https://acme.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9",
    tokenEndpoint: "https://acme.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9/v1/token",
    audience: "https://ai.example.com",
    clientId: "0oa1a2b3c4d5e6f7g8h9",
    clientSecret: SECRET,
    scopes: ["ai:read", "ai:write"],
  },
};

const { issuer, audience, organizationDomain } = CONFIG.auth0;

/** Of a stack with many organizations and no service app. */
export const MANY: AppConfigValues = {
  auth0: {
    ...{ issuer, audience, organizationDomain },
    organizations: { acme: "org_6WDCFcNyprPeMcHi", "globex-2": "org_0aBcDeFgHiJkLmNo" },
  },
};

/** As the engine prints it without `--show-secrets`. */
export const MASKED: AppConfigValues = { ...CONFIG, okta: { ...CONFIG.okta, clientSecret: "[secret]" } };

/** A folder of a test's own, with a file of outputs in it. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), "app-config-"));

  file(name: string): string {
    return join(this.path, name);
  }

  /** Runs the command on these outputs. */
  async run(config: unknown, args: string): Promise<Ran> {
    const outputs = this.file("outputs.json");
    writeFileSync(outputs, typeof config === "string" ? config : JSON.stringify({ appConfig: config }));
    return runCommand(["app-config", "--from", outputs, ...words(args, this.path)]);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** A file after `--out` is one of the folder. */
function words(args: string, folder: string): string[] {
  const list = args.split(" ").filter((word) => word !== "");
  return list.map((word, index) => (list[index - 1] === "--out" ? join(folder, word) : word));
}
