// Google's own protobuf definitions of the Live API, as the npm package @google-ai/generativelanguage ships them,
// completed with the fields that are newer than that package.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import protobuf from 'protobufjs';
import { newerEnumValues, newerFields, newerMessages, type NewerField } from './newer-fields.ts';

/** Which of Google's two services a client speaks to; they differ in a few fields. */
export type Service = 'gemini' | 'vertex';

const PACKAGE = 'google.ai.generativelanguage.v1beta';
const SERVICE_PROTO = 'google/ai/generativelanguage/v1beta/generative_service.proto';
/** Numbers for the added fields: only JSON is read, so they need only be free. */
const FIRST_ADDED_ID = 9000;

/** The packages' `exports` hide their proto folders, so they are looked for where Node would look. */
function protoFolder(packageName: string): string {
  const beside = createRequire(import.meta.url).resolve.paths(packageName) ?? [];
  const folder = beside.map((root) => path.join(root, packageName, 'build', 'protos')).find((each) => existsSync(each));
  if (folder === undefined) throw new Error(`no protos of ${packageName} in node_modules`);
  return folder;
}

function parseProtos(): protobuf.Root {
  const folders = ['@google-ai/generativelanguage', 'google-gax'].map(protoFolder);
  const root = new protobuf.Root();
  root.resolvePath = (_origin: string, target: string) => {
    // google/api and google/type come with google-gax; google/protobuf is built into protobufjs.
    const folder = target.startsWith('google/ai/') ? folders[0] : folders[1];
    return path.isAbsolute(target) || folder === undefined ? target : path.join(folder, target);
  };
  root.loadSync(SERVICE_PROTO, { keepCase: true });
  root.resolveAll();
  return root;
}

/** What MapField and Field have in common, which their declared types do not say. */
type AddedField = protobuf.ReflectionObject & { resolve(): unknown };

function addedField({ name, type, rule }: NewerField, id: number): AddedField {
  if (rule === 'map') return new protobuf.MapField(name, id, 'string', type);
  return new protobuf.Field(name, id, type, rule === 'repeated' ? 'repeated' : undefined);
}

function addNewerFields(root: protobuf.Root, service: Service): void {
  const scope = root.lookup(PACKAGE);
  if (!(scope instanceof protobuf.Namespace)) throw new Error(`no package ${PACKAGE} in the protos`);
  for (const [name, values] of Object.entries(newerMessages.enums)) {
    scope.add(new protobuf.Enum(name, Object.fromEntries(values.map((value, index) => [value, index]))));
  }
  for (const name of newerMessages.messages) scope.add(new protobuf.Type(name));
  for (const { enumName, value } of newerEnumValues) {
    const known = root.lookupEnum(`${PACKAGE}.${enumName}`);
    known.add(value, Math.max(...Object.values(known.values)) + 1);
  }
  let id = FIRST_ADDED_ID;
  const addedFields: AddedField[] = [];
  for (const field of newerFields) {
    if (field.service !== 'both' && field.service !== service) continue;
    const type = root.lookupType(`${PACKAGE}.${field.message}`);
    const added = addedField(field, id++);
    // A newer proto package brings the field itself: then its own definition stands.
    if (type.fields[field.name]) continue;
    type.add(added);
    addedFields.push(added);
  }
  // The loader has resolved all it knew; what was added since is not looked at again by itself.
  for (const field of addedFields) field.resolve();
}

const roots = new Map<Service, protobuf.Type>();

/** The type of everything a client may send: `BidiGenerateContentClientMessage`, with its types resolved. */
export function clientMessageType(service: Service): protobuf.Type {
  let type = roots.get(service);
  if (!type) {
    const root = parseProtos();
    addNewerFields(root, service);
    type = root.lookupType(`${PACKAGE}.BidiGenerateContentClientMessage`);
    roots.set(service, type);
  }
  return type;
}
