/** Claims: people change as Okta changes them, and applications are given to them one by one. */
import { expect, test } from "@jest/globals";
import { TestOrg, serviceApp } from "@ai-api-access/testing/okta-tenant.ts";

let now = Date.parse("2026-11-01T08:00:00Z");
const org = TestOrg.use({ clock: () => now });
const users = "/api/v1/users";

function person(login: string, more: object = {}) {
  return { profile: { firstName: "Ada", lastName: "Lovelace", login, email: login }, ...more };
}

test("PUT replaces the profile, POST changes what it names, and a login is taken once", async () => {
  const path = `${users}/${await org.create(users, person("ada@example.com"))}`;
  const profile = { ...person("countess@example.com").profile, title: "Countess", mobilePhone: "123" };
  now += 1000;
  expect((await org.send("PUT", path, { body: { profile } })).body).toMatchObject({
    lastUpdated: "2026-11-01T08:00:01.000Z",
    profile,
  });
  const some = await org.send("POST", path, { body: { profile: { title: null, city: "London" } } });
  expect(some.body).toMatchObject({ profile: { city: "London", mobilePhone: "123" } });
  expect(some.body).not.toHaveProperty("profile.title");
  const replaced = await org.send("PUT", path, { body: person("countess@example.com") });
  expect(replaced.body).toMatchObject({ profile: { mobilePhone: null } });
  expect(replaced.body).not.toHaveProperty("profile.city");
  await org.expectRefusal("PUT", path, person("admin@example.com"), "login", /already exists/);
  await org.expectRefusal("POST", path, { profile: { notValid: 1 } }, "newUser", /not defined in profile/);
  await org.expectRefusal("POST", path, { profile: { email: "x" } }, "email", /email: /);
});

test("credentials are changed by who knows the password, and never shown", async () => {
  const question = { question: "Who wrote the first program?", answer: "The countess" };
  const credentials = { password: { value: "Abcd1234" }, recovery_question: question };
  const path = `${users}/${await org.create(users, person("grace@example.com", { credentials }))}`;
  const shown = {
    password: {},
    recovery_question: { question: question.question },
    provider: { type: "OKTA", name: "OKTA" },
  };
  expect((await org.send("GET", path)).body).toMatchObject({ status: "ACTIVE", credentials: shown });
  const change = (oldPassword: string, newPassword: string) =>
    org.send("POST", `${path}/credentials/change_password`, {
      body: { oldPassword: { value: oldPassword }, newPassword: { value: newPassword } },
    });
  expect(await change("wrong", "Another-1")).toMatchObject({ status: 403, body: { errorCode: "E0000014" } });
  expect(await change("Abcd1234", "Another-1")).toMatchObject({ status: 200, body: shown });
  const another = { question: "Which ship?", answer: "None" };
  const changed = await org.send("POST", `${path}/credentials/change_recovery_question`, {
    body: { password: { value: "Another-1" }, recovery_question: another },
  });
  expect(changed.body).toEqual({ ...shown, recovery_question: { question: another.question } });
  await org.send("PUT", path, { body: { credentials: { password: { value: "A-third-1" } } } });
  expect(await change("A-third-1", "Abcd1234")).toMatchObject({ status: 200 });
  expect(JSON.stringify((await org.send("GET", path)).body)).not.toMatch(/countess|Abcd1234|None/);
});

test("a password that another system hashed makes an imported user, and a new password one of Okta's", async () => {
  const hash = { algorithm: "BCRYPT", salt: "rwh3vH166HCH/NT9XV5FYu", value: "qaMq", workFactor: 10 };
  const imported = person("alan@example.com", { credentials: { password: { hash } } });
  const path = `${users}/${await org.create(`${users}?activate=false`, imported)}`;
  expect((await org.send("GET", path)).body).toMatchObject({
    status: "STAGED",
    statusChanged: expect.any(String),
    passwordChanged: expect.any(String),
    credentials: { password: {}, provider: { type: "IMPORT", name: "IMPORT" } },
  });
  const own = { credentials: { password: { value: "Own-password-1" } } };
  expect((await org.send("PUT", path, { body: own })).body).toMatchObject({
    credentials: { provider: { type: "OKTA" } },
  });
});

test("an application is given to a person and taken away, and goes with the person", async () => {
  const app = await org.create("/api/v1/apps", serviceApp({ label: "for one" }));
  const id = await org.create(users, person("edsger@example.com"));
  const all = `/api/v1/apps/${app}/users`;
  const given = await org.send("POST", all, {
    body: { id, profile: { picture: "https://a.example/e.png" } },
  });
  expect(given).toMatchObject({
    status: 200,
    body: {
      id,
      scope: "USER",
      credentials: { userName: "edsger@example.com" },
      profile: { name: "Ada Lovelace", picture: "https://a.example/e.png", nickname: null },
    },
  });
  expect((await org.send("GET", `${all}/${id}`)).body).toEqual(given.body);
  expect(await org.ids(all)).toEqual([id]);
  expect((await org.send("DELETE", `${all}/${id}`)).status).toBe(204);
  await org.expectError("GET", `${all}/${id}`, 404, "E0000007");
  await org.create(all, { id });
  await org.send("DELETE", `${users}/${id}`);
  await org.send("DELETE", `${users}/${id}`);
  expect(await org.ids(all)).toEqual([]);
});
