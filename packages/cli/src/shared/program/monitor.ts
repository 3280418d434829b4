import * as pulumi from "@pulumi/pulumi";
import protocol from "@pulumi/pulumi/proto/resource_pb.js";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";

/** A resource that the program declares, with everything that it says of it. */
export interface Registration {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** URN of the component it belongs to. */
  readonly parent: string | undefined;
  /** Not a component. */
  readonly custom: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Version of the provider plugin that the SDK asks for. */
  readonly version: string | undefined;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
}

/** The type of the stack itself, to which everything belongs that has no other parent. */
const ROOT = "pulumi:pulumi:Stack";

type Request = InstanceType<typeof protocol.RegisterResourceRequest>;
type Callback = (error: unknown, response: unknown) => void;

/** Stands where the engine does, and notes what the program tells it: mocks are told nothing of parents and options. */
export class ProgramMonitor extends MockMonitor {
  readonly registrations: Registration[] = [];
  /** Settled once a hook is registered: the SDK then has the server up by which an engine would call it. */
  readonly hooked: Promise<void>;
  #noteHook: () => void = () => undefined;
  #root: string | undefined;

  constructor(mocks: pulumi.runtime.Mocks) {
    super(mocks);
    this.hooked = new Promise((resolve) => {
      this.#noteHook = resolve;
    });
  }

  override async registerResource(request: unknown, callback: Callback): Promise<void> {
    await super.registerResource(request, (error: unknown, response: unknown) => {
      const known = request instanceof protocol.RegisterResourceRequest;
      if (known && response instanceof protocol.RegisterResourceResponse) {
        if (request.getType() === ROOT) this.#root = response.getUrn();
        else this.registrations.push(this.#registrationOf(request, response.getUrn()));
      }
      callback(error, response);
    });
  }

  /** The mocks of the SDK know of no hooks; none is ever called here. */
  registerErrorHook(_request: unknown, callback: Callback): void {
    this.#noteHook();
    callback(null, {});
  }

  #registrationOf(request: Request, urn: string): Registration {
    const object = request.getObject();
    const inputs: unknown = object ? pulumi.runtime.deserializeProperties(object) : {};
    const parent = request.getParent();
    const version = request.getVersion();
    return {
      urn: withoutRoot(urn),
      type: request.getType(),
      name: request.getName(),
      parent: parent === "" || parent === this.#root ? undefined : withoutRoot(parent),
      custom: request.getCustom(),
      inputs: typeof inputs === "object" && inputs !== null ? { ...inputs } : {},
      version: version === "" ? undefined : version,
      protect: request.getProtect() === true,
      retainOnDelete: request.getRetainondelete() === true,
    };
  }
}

/** The engine leaves the type of the stack out of the URNs below it; the mocks put it in. */
function withoutRoot(urn: string): string {
  return urn.replace(`::${ROOT}$`, "::");
}
