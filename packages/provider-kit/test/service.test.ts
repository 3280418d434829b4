/** Claim: what a provider answers reaches the engine in full: diffs, partial work, secrets, what is gone. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import type * as proto from "@pulumi/pulumi/proto/provider_pb.js";
import statuses from "@pulumi/pulumi/proto/status_pb.js";
import { ResourceInitFailed, secret } from "../src/index.ts";
import type { Provider } from "../src/index.ts";
import { EngineLink } from "../src/engine.ts";
import { service } from "../src/rpc/service.ts";
import { encode } from "../src/rpc/values.ts";
import { listen } from "../src/serve.ts";

const fail = () => Promise.reject(new Error("not part of this test"));
const base: Provider = {
  version: "1.2.3",
  configure: () => undefined,
  check: ({ inputs }) => ({ inputs }),
  diff: () => ({ changes: [] }),
  create: fail,
  read: fail,
  update: fail,
  delete: fail,
};

let client: ResourceProviderClient | undefined;
let close: (() => void) | undefined;

async function serveProvider(part: Partial<Provider>): Promise<ResourceProviderClient> {
  const { port, server } = await listen(service({ ...base, ...part }, new EngineLink()));
  client = new services.ResourceProviderClient(
    `127.0.0.1:${String(port)}`,
    grpc.credentials.createInsecure(),
  );
  close = () => {
    server.forceShutdown();
  };
  return client;
}

/** Makes a call and gives its answer, or throws its status. */
function ask<Response>(
  call: (done: (error: grpc.ServiceError | null, response: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    call((error, response) => {
      if (error) reject(error);
      else resolve(response);
    });
  });
}

beforeEach(() => {
  client = undefined;
});
afterEach(() => {
  client?.close();
  close?.();
});

describe("a served provider", () => {
  test("says which properties changed, how, and which of them replace", async () => {
    const provider = await serveProvider({
      diff: () => ({
        changes: [
          { path: "name", kind: "update", replace: true },
          { path: 'members["auth0|x"]', kind: "add" },
          { path: "members.y", kind: "delete" },
        ],
        deleteBeforeReplace: true,
      }),
    });
    const answer = await ask<proto.DiffResponse>((done) => provider.diff(new messages.DiffRequest(), done));
    expect(answer.toObject()).toMatchObject({
      changes: messages.DiffResponse.DiffChanges.DIFF_SOME,
      diffsList: ["name", "members"],
      replacesList: ["name"],
      deletebeforereplace: true,
      hasdetaileddiff: true,
    });
    const kinds = messages.PropertyDiff.Kind;
    const details = answer.getDetaileddiffMap();
    expect(details.get("name")?.getKind()).toBe(kinds.UPDATE_REPLACE);
    expect(details.get('members["auth0|x"]')?.getKind()).toBe(kinds.ADD);
    expect(details.get("members.y")?.getKind()).toBe(kinds.DELETE);
  });

  test("shows a summary of its own in place of the changed properties", async () => {
    const provider = await serveProvider({
      diff: () => ({ changes: [{ path: "people", kind: "update" }], summary: ["6 join, 7 leave"] }),
    });
    const answer = await ask<proto.DiffResponse>((done) => provider.diff(new messages.DiffRequest(), done));
    expect(answer.getDiffsList()).toEqual(["6 join, 7 leave"]);
  });

  test("keeps secret what was secret in the inputs, and what the provider says is", async () => {
    const provider = await serveProvider({
      create: ({ inputs }) =>
        Promise.resolve({ id: "1", state: { ...inputs, issued: secret("new"), open: "yes" } }),
    });
    const request = new messages.CreateRequest().setProperties(
      encode({ password: secret("hush"), name: "n" }),
    );
    const answer = await ask<proto.CreateResponse>((done) => provider.create(request, done));
    expect(answer.getProperties()?.toJavaScript()).toEqual({
      password: expect.objectContaining({ value: "hush" }),
      issued: expect.objectContaining({ value: "new" }),
      name: "n",
      open: "yes",
    });
  });

  test("reports partial work with its id, its state and its reasons, secrets still sealed", async () => {
    const provider = await serveProvider({
      create: ({ inputs }) =>
        Promise.reject(new ResourceInitFailed("org_1", { ...inputs, done: 2 }, ["line 3: refused"])),
    });
    const request = new messages.CreateRequest().setProperties(encode({ token: secret("hush") }));
    const failed = ask<proto.CreateResponse>((done) => provider.create(request, done));
    const error = await failed.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    const metadata = error instanceof Error && "metadata" in error ? error.metadata : undefined;
    const [details] = metadata instanceof grpc.Metadata ? metadata.get("grpc-status-details-bin") : [];
    const [packed] = statuses.Status.deserializeBinary(Buffer.from(details ?? "")).getDetailsList();
    expect(packed?.getTypeUrl()).toMatch(/\/pulumirpc\.ErrorResourceInitFailed$/);
    const partial = messages.ErrorResourceInitFailed.deserializeBinary(
      packed?.getValue_asU8() ?? new Uint8Array(),
    );
    expect(partial.getId()).toBe("org_1");
    expect(partial.getReasonsList()).toEqual(["line 3: refused"]);
    expect(partial.getProperties()?.toJavaScript()).toEqual({
      done: 2,
      token: expect.objectContaining({ value: "hush" }),
    });
  });

  test("tells an import from a refresh, and a resource that is gone from one that is there", async () => {
    const seen: (object | undefined)[] = [];
    const provider = await serveProvider({
      read: ({ known }) => {
        seen.push(known);
        return Promise.resolve(known ? undefined : { id: "1", state: { a: 1 }, inputs: { a: 1 } });
      },
    });
    const imported = await ask<proto.ReadResponse>((done) =>
      provider.read(new messages.ReadRequest().setId("1"), done),
    );
    const known = new messages.ReadRequest()
      .setId("1")
      .setInputs(encode({}))
      .setProperties(encode({ a: 1 }));
    const gone = await ask<proto.ReadResponse>((done) => provider.read(known, done));
    expect(seen).toEqual([undefined, { state: { a: 1 }, inputs: {} }]);
    expect([imported.getId(), imported.getInputs()?.toJavaScript()]).toEqual(["1", { a: 1 }]);
    expect(gone.getId()).toBe("");
  });

  test("says that it does not have what it does not have", async () => {
    const provider = await serveProvider({});
    await expect(
      ask<proto.InvokeResponse>((done) => provider.invoke(new messages.InvokeRequest(), done)),
    ).rejects.toMatchObject({
      code: grpc.status.UNIMPLEMENTED,
      details: "this provider has no functions",
    });
    await expect(
      ask<proto.ConstructResponse>((done) => provider.construct(new messages.ConstructRequest(), done)),
    ).rejects.toMatchObject({
      code: grpc.status.UNIMPLEMENTED,
    });
  });
});
