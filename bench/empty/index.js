// What any program for Node pays: the engine, the language host, the SDK.
import "@pulumi/pulumi";
