import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import * as z from 'zod';
import { VOICES } from '../../../src/live/models.ts';
import { settingsFrom, settingsSchema } from '../../../src/settings/schema.ts';
import { listedModels } from '../../../src/ui/listed-models.ts';

interface ManifestSetting {
  readonly type: string | readonly string[];
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly examples?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
}

interface Manifest {
  readonly contributes: { readonly configuration: { readonly properties: Readonly<Record<string, ManifestSetting>> } };
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
}

// The file is this repository's own.
const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as Manifest;
const shown = manifest.contributes.configuration.properties;
const read: Readonly<Record<string, z.ZodType>> = settingsSchema.shape;

/** VS Code hands their defaults in; a second list in the code would say the same. */
const DEFAULT_IN_MANIFEST: ReadonlySet<string> = new Set(['privacy.exclude']);

/** What a schema reads where the settings hold nothing it could read. */
const otherwise = (schema: z.ZodType) => schema.parse(Symbol('no setting'));

/** The names that a schema takes, where it takes only some. */
function choicesOf(schema: z.ZodType): readonly string[] | undefined {
  if (!(schema instanceof z.ZodCatch)) return undefined;
  const inner: unknown = schema.def.innerType;
  return inner instanceof z.ZodEnum ? inner.options.map(String) : undefined;
}

describe('the settings in package.json', () => {
  it('are those that the code reads, all of them and no others', () => {
    const names = Object.keys(shown).map((name) => name.replace(/^talkthrough\./, ''));
    assert.deepEqual(names.toSorted(), Object.keys(read).toSorted());
    assert.ok(Object.keys(shown).every((name) => name.startsWith('talkthrough.')));
  });

  for (const [name, schema] of Object.entries(read)) {
    const setting = shown[`talkthrough.${name}`];
    if (setting === undefined) continue;

    it(`${name} has the default that is shown`, () => {
      const own = DEFAULT_IN_MANIFEST.has(name) ? setting.default : otherwise(schema);
      assert.deepEqual(schema.parse(setting.default), own);
    });

    const choices = choicesOf(schema);
    if (choices !== undefined || setting.enum !== undefined) {
      it(`${name} offers what is read, and explains each where it explains any`, () => {
        if (choices !== undefined) assert.deepEqual(setting.enum, choices);
        for (const one of setting.enum ?? []) assert.equal(schema.parse(one), one);
        if (setting.enumDescriptions !== undefined) {
          assert.equal(setting.enumDescriptions.length, setting.enum?.length);
        }
      });
    }

    if (setting.type === 'integer' || setting.type === 'number') {
      it(`${name} is read within the bounds that are shown`, () => {
        const { minimum, maximum } = setting;
        assert.ok(minimum !== undefined && maximum !== undefined);
        assert.deepEqual(
          [minimum - 1, maximum + 1].map((value) => schema.parse(value)),
          [minimum, maximum],
        );
        assert.deepEqual(
          [minimum, maximum].map((value) => schema.parse(value)),
          [minimum, maximum],
        );
      });
    }
  }

  it('offer every voice there is, and the choice of the model', () => {
    assert.deepEqual(shown['talkthrough.voice']?.enum, ['', ...VOICES.toSorted()]);
  });

  it('name the models that can be chosen, with the same default', () => {
    const models = new Set([...listedModels('gemini'), ...listedModels('vertex')].map(({ name }) => name));
    assert.deepEqual(new Set(shown['talkthrough.model']?.examples), models);
    assert.equal(shown['talkthrough.model']?.default, listedModels('gemini')[0]?.name);
  });

  it('that a workspace may not set are settings', () => {
    for (const name of manifest.capabilities.untrustedWorkspaces.restrictedConfigurations)
      assert.ok(name in shown, name);
  });
});

describe('settings written by hand', () => {
  const value = (name: string, given: unknown) => settingsFrom((one) => (one === name ? given : undefined));

  it('count as the default where they are nothing that can be read', () => {
    const defaults = settingsFrom(() => undefined);
    for (const name of Object.keys(read)) {
      for (const given of [null, {}, Number.NaN, ['', 7]]) assert.deepEqual(value(name, given), defaults, name);
    }
  });

  it('are trimmed, rounded and kept within bounds', () => {
    assert.equal(value('model', '  my-model ').live.model, 'my-model');
    assert.equal(value('model', '  ').live.model, 'gemini-3.8-live');
    assert.equal(value('voiceActivity.silenceMs', 612.6).live.voiceActivity.silenceMs, 613);
    assert.equal(value('voiceActivity.silenceMs', -1).live.voiceActivity.silenceMs, 100);
  });

  it('name tools of others one by one, in a line, or all of them', () => {
    assert.deepEqual(value('tools.others', 'off').toolsOfOthers, []);
    assert.deepEqual(value('tools.others', 'read, write').toolsOfOthers, ['read', 'write']);
    assert.deepEqual(value('tools.others', ['read', 7]).toolsOfOthers, ['read']);
    assert.equal(value('tools.others', ['read', '*']).toolsOfOthers, 'all');
  });
});
