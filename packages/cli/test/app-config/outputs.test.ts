/** What is made of the outputs and of the command line: every mistake reported, no secret shown. */
import { afterAll, describe, expect, test } from "@jest/globals";
import { runCommand } from "../run-command.ts";
import { CONFIG, SECRET } from "@ai-api-access/testing/app-config.ts";
import { Folder, MASKED } from "./command.ts";
import { withoutSecret } from "../../src/app-config/content.ts";

const folder = new Folder();
afterAll(() => {
  folder.remove();
});

describe("a secret", () => {
  const FORMATS = ["env", "json", "k8s", "github"];

  test.each(FORMATS)("is in %s only with --show-secrets", async (format) => {
    const shown = await folder.run(CONFIG, `--format ${format} --show-secrets`);
    expect(shown.out).toContain(SECRET);
    const masked = await folder.run(MASKED, `--format ${format}`);
    expect(masked.code).toBe(0);
    expect(masked.out).not.toContain("[secret]");
  });

  test.each(FORMATS)("that came without being asked for is not passed on as %s", async (format) => {
    const { code, out, said } = await folder.run(CONFIG, `--format ${format}`);
    expect(code).toBe(0);
    expect(out + said).not.toContain(SECRET);
    expect(said).toContain("okta.clientSecret is a secret and was left out");
  });

  test("that was asked for and is masked is a mistake", async () => {
    const { code, said } = await folder.run(MASKED, "--show-secrets");
    expect(code).toBe(2);
    expect(said).toContain("add --show-secrets where the outputs are read");
  });

  test("where no secret can be is a mistake that names it", async () => {
    const { code, said } = await folder.run(
      { ...MASKED, auth0: { ...CONFIG.auth0, audience: "[secret]" } },
      "",
    );
    expect(code).toBe(2);
    expect(said).toContain("appConfig.auth0.audience: got a secret without its value");
    expect(said).not.toContain("clientSecret");
  });

  test("that is wrong is not shown", async () => {
    const okta = { ...CONFIG.okta, clientSecret: `${SECRET} with blanks` };
    const { code, said } = await folder.run({ ...CONFIG, okta }, "--show-secrets");
    expect(code).toBe(2);
    expect(said).toContain("appConfig.okta.clientSecret: got something else; wants text without blanks");
    expect(said).not.toContain(SECRET);
  });

  test("in outputs that are not JSON is not shown", async () => {
    const { code, said } = await folder.run(`{"appConfig": {"okta": {"clientSecret": "${SECRET}" oops`, "");
    expect(code).toBe(2);
    expect(said).not.toContain(SECRET);
  });

  test("of an app that has none is not spoken of", async () => {
    const { said, out } = await folder.run(withoutSecret(CONFIG), "");
    expect(said + out).not.toMatch(/secret/i);
  });
});

test("all that is wrong with the outputs is reported at once", async () => {
  const wrong = {
    auth0: { ...CONFIG.auth0, issuer: "https://acme.us.auth0.com", organizationId: undefined },
    okta: { ...CONFIG.okta, issuer: "http://acme.okta.com/oauth2/default", scopes: [] },
  };
  const { code, said } = await folder.run(wrong, "--show-secrets --stack dev");
  expect(code).toBe(2);
  expect(said.split("\n")).toEqual([
    "The outputs of stack dev cannot be used:",
    '  appConfig.auth0.issuer: got "https://acme.us.auth0.com"; wants an https URL with a slash at its end, such as https://acme.us.auth0.com/ (http on this machine only)',
    "  appConfig.auth0.organizationId: got nothing; wants an organization's id, such as org_6WDCFcNyprPeMcHi",
    '  appConfig.okta.issuer: got "http://acme.okta.com/oauth2/default"; wants an https URL with no slash at its end, such as https://acme.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9 (http on this machine only)',
    "  appConfig.okta.scopes: got []; wants at least one scope, such as ai:read",
    "Next: pulumi stack output --json --stack STACK",
  ]);
});

test.each([{}, [], null, "text", { appConfig: null }, { appConfig: { auth0: null, okta: [] } }])(
  "outputs without an app configuration are a mistake: %j",
  async (outputs) => {
    const { code, said, out } = await folder.run(JSON.stringify(outputs), "");
    expect(code).toBe(2);
    expect(said).toMatch(/have no appConfig|cannot be used/);
    expect(out).toBe("");
  },
);

test.each([
  ["", "wants one of --stack NAME, --twin, --from FILE"],
  ["--twin --stack dev", "option '--twin' cannot be used with option '-s, --stack <name>'"],
  ["--twin --from outputs.json", "option '--twin' cannot be used with option '--from <file>'"],
  ["--stack dev/", "Wants the name of a stack, for example dev or acme/ai-api-access/dev."],
  ["--stack dev --format jsn", "Allowed choices are env, json, k8s, github."],
  ["--stack dev --check", "--check wants --out FILE to say which file. For example: --out .env"],
])("a wrong use is answered with what is wanted: %j", async (args, words) => {
  const { code, out, said } = await runCommand([
    "app-config",
    ...args.split(" ").filter((arg) => arg !== ""),
  ]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(said).toContain(words);
});
