/** A whole rotation on the twin while machines ask for tokens without pause. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { decodeProtectedHeader, importJWK, SignJWT } from "jose";
import { parse } from "yaml";
import { z } from "zod";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { TestTwin, type Run } from "@ai-api-access/testing/twin.ts";
import { keys } from "./keys-command.ts";

let twin: TestTwin;
let folder: string;
beforeAll(async () => {
  twin = await TestTwin.start();
  folder = mkdtempSync(join(tmpdir(), "ai-api-access-rotation-"));
  const text = readFileSync(join(repositoryRoot, "Pulumi.local.yaml"), "utf8");
  const method = "tokenEndpointAuthMethod: ";
  writeFileSync(
    join(folder, "Pulumi.local.yaml"),
    text.replace(`${method}client_secret_post`, `${method}private_key_jwt`),
  );
});
afterAll(async () => {
  await twin.close();
  rmSync(folder, { recursive: true, force: true });
});

const keySchema = z.looseObject({ kty: z.literal("RSA"), kid: z.string() });
type Key = z.output<typeof keySchema>;

const keyFile = (kid: string): string => join(folder, `${kid}.json`);
const keyOf = (kid: string): Key => keySchema.parse(JSON.parse(readFileSync(keyFile(kid), "utf8")));

async function command(step: string, ...args: string[]): Promise<{ code: number | null; said: string }> {
  return keys([step, "--stack", "local", "--cwd", folder, ...args], { AI_API_ACCESS_TWIN: twin.home.folder });
}

/** What `pulumi up` or `pulumi preview` is to a real stack, with its file as it is now. */
async function run(step: "up" | "preview"): Promise<Run> {
  const file = z.object({ config: z.record(z.string(), z.unknown()) });
  return twin.run(step, file.parse(parse(readFileSync(join(folder, "Pulumi.local.yaml"), "utf8"))).config);
}

/** The public keys of the app, as Okta answers them. */
async function keysAtOkta(clientId: string): Promise<unknown> {
  const keys = z.array(z.looseObject({ kid: z.string(), use: z.string().nullable() }));
  const app = z.object({ settings: z.object({ oauthClient: z.object({ jwks: z.object({ keys }) }) }) });
  const { jwks } = app.parse(await twin.byHand("okta", "GET", `/apps/${clientId}`)).settings.oauthClient;
  return jwks.keys.map(({ kid, use }) => ({ kid, use }));
}

/** Machines that ask for a token every 100 ms, signing with whatever key is current. */
class Machines {
  readonly answers: { readonly kid: string; readonly status: number; readonly body: string }[] = [];
  key: Key;
  readonly #endpoint: string;
  readonly #clientId: string;
  #going = true;
  readonly #end: Promise<void>;

  constructor(key: Key, endpoint: string, clientId: string) {
    this.key = key;
    this.#endpoint = endpoint;
    this.#clientId = clientId;
    this.#end = this.#go();
  }

  /** Waits until so many requests that the current key signed have their answers. */
  async haveAsked(times: number): Promise<void> {
    const signed = () => this.answers.filter(({ kid }) => kid === this.key.kid);
    while (signed().length < times) await sleep(20);
  }

  stop(): Promise<void> {
    this.#going = false;
    return this.#end;
  }

  async #go(): Promise<void> {
    const calls: Promise<void>[] = [];
    while (this.#going) {
      calls.push(this.ask(this.key).then((answer) => void this.answers.push(answer)));
      await sleep(100);
    }
    await Promise.all(calls);
  }

  async ask(key: Key): Promise<{ kid: string; status: number; body: string }> {
    const assertion = await new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg: "RS256", kid: key.kid })
      .setIssuer(this.#clientId)
      .setSubject(this.#clientId)
      .setAudience(this.#endpoint)
      .setIssuedAt()
      .setExpirationTime("1m")
      .sign(await importJWK(key, "RS256"));
    const answer = await fetch(this.#endpoint, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        scope: "ai:read",
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        client_assertion: assertion,
      }),
    });
    const { kid = "" } = decodeProtectedHeader(assertion);
    return { kid, status: answer.status, body: await answer.text() };
  }
}

// Three updates, a preview and four commands on the real engine.
const PATIENCE_MS = 300_000;

test(
  "a rotation loses no call, and the old key is good for nothing afterwards",
  async () => {
    expect(await command("new", "--kid", "old", "--out", keyFile("old"))).toMatchObject({ code: 0 });
    await run("up");
    const outputs = await (await twin.open()).outputs();
    const { oktaTokenEndpoint, clientId } = z
      .object({ oktaTokenEndpoint: z.string(), clientId: z.string() })
      .parse(outputs);
    const machines = new Machines(keyOf("old"), oktaTokenEndpoint, clientId);
    try {
      expect(await command("new", "--kid", "new", "--out", keyFile("new"))).toMatchObject({ code: 0 });
      // Too early: the new key is in the file alone.
      const early = await command("activate", "--key", keyFile("new"));
      expect(early).toMatchObject({ code: 1 });
      expect(early.said).toContain("Okta does not take new yet (invalid_client");
      const tooEarly = await command("retire");
      expect(tooEarly).toMatchObject({ code: 1 });
      expect(tooEarly.said).toContain("has old since the last update of local, and new is not among them");

      await run("up");
      const active = await command("activate", "--key", keyFile("new"));
      expect(active).toMatchObject({ code: 0 });
      expect(active.said).toContain("Okta takes new: it gave a token for a request signed with it.");
      expect(active.said).toContain("Sign with new from now on.");
      // Okta has no use for the keys by now, and gives them in another order: an update that changes nothing.
      const both = [
        { kid: "new", use: null },
        { kid: "old", use: null },
      ];
      expect(await keysAtOkta(clientId)).toEqual(both);
      const { changes, output } = await run("preview");
      expect(changes).toEqual({ same: expect.any(Number), update: 1 });
      expect(output).toContain("jwks");
      await machines.haveAsked(20);
      machines.key = keyOf("new");

      const retired = await command("retire");
      expect(retired).toMatchObject({ code: 0 });
      expect(retired.said).toMatch(/^Took old out of .*Pulumi\.local\.yaml; new is left\./m);
      await run("up");
      expect(await keysAtOkta(clientId)).toEqual([{ kid: "new", use: null }]);
      await machines.haveAsked(20);
    } finally {
      await machines.stop();
    }
    const lost = machines.answers.filter(({ status }) => status !== 200);
    expect(lost).toEqual([]);
    expect(await machines.ask(keyOf("old"))).toMatchObject({ status: 401 });
    // No private key is in the state, and none in the stack's file.
    const { d } = z.object({ d: z.string() }).parse(keyOf("new"));
    expect(twin.stateText() + readFileSync(join(folder, "Pulumi.local.yaml"), "utf8")).not.toContain(d);
  },
  PATIENCE_MS,
);
