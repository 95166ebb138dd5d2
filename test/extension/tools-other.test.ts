import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { Gate } from '../../src/gate/gate.ts';
import { otherTools } from '../../src/tools/other-tools.ts';
import type { OthersSetting } from '../../src/settings/schema.ts';
import type { ToolResponse } from '../../src/tools/tool.ts';
import { FORBIDDEN_MARKS, INLINE_SECRETS } from '../sample-project/planted-secrets.ts';
import { ConsentingPerson } from './consenting-person.ts';
import { KeptInMemory } from './kept-in-memory.ts';
import { inProject, projectFolder } from './sample-project.ts';
import { installShelfExtension, removeShelfExtension, TOLD } from './shelf-extension.ts';

const SETTING = 'talkthrough.tools.others';

describe('tools of other extensions', () => {
  let person: ConsentingPerson;
  let gate: Gate;
  const workspace = { isTrusted: true };

  before(async () => {
    await installShelfExtension();
    person = new ConsentingPerson();
    gate = new Gate({ memory: new KeptInMemory(), workspace });
  });
  after(async () => {
    person.dispose();
    gate.dispose();
    await vscode.workspace.getConfiguration().update(SETTING, undefined, vscode.ConfigurationTarget.Global);
    await removeShelfExtension();
  });
  beforeEach(() => {
    workspace.isTrusted = true;
    person.asked.length = 0;
    person.agree();
  });

  const offered = (setting?: OthersSetting) => otherTools(gate, setting).map(({ name }) => name);

  async function call(name: string, args: unknown = {}, signal = new AbortController().signal): Promise<ToolResponse> {
    const prepared = otherTools(gate, 'all')
      .find((tool) => tool.name === name)
      ?.prepare(args);
    assert.ok(prepared !== undefined && 'run' in prepared, JSON.stringify(prepared));
    return (await prepared.run({ signal })).response;
  }

  const message = (response: ToolResponse): string => {
    assert.ok(response.status !== 'ok', JSON.stringify(response));
    return response.message;
  };

  it('are offered only as the setting says, under names that models take', async () => {
    assert.deepEqual(offered(), []);
    const set = (value: unknown) =>
      vscode.workspace.getConfiguration().update(SETTING, value, vscode.ConfigurationTarget.Global);
    await set(['shelf-read', 'no_such_tool']);
    assert.deepEqual(offered(), ['other_shelf_read']);
    await set('*');
    assert.deepEqual(offered().toSorted(), [
      'other_shelf_count',
      'other_shelf_fail',
      'other_shelf_list',
      'other_shelf_long',
      'other_shelf_read',
      'other_shelf_wait',
    ]);
    await set('off');
    assert.deepEqual(offered(), []);
  });

  it('cannot be let in by the settings of a workspace', async () => {
    const folder = vscode.workspace.getConfiguration();
    await assert.rejects(Promise.resolve(folder.update(SETTING, '*', vscode.ConfigurationTarget.Workspace)));
  });

  it('are called after the person has read what is handed over, and return what they found', async () => {
    assert.deepEqual(await call('other_shelf_count', { shelf: 'upper' }), {
      status: 'ok',
      result: 'shelf upper has\n{"planks":3}\n(image/png, 3 bytes, cannot be shown here)',
    });
    const [question] = person.asked;
    assert.equal(question?.title, 'Let Gemini call the tool “shelf_count”?');
    assert.match(question.detail, /"shelf": "upper"/);
    assert.deepEqual(question.buttons, ['Call']);
  });

  it('are not called when the person says no, or may not be asked', async () => {
    person.answer = () => undefined;
    assert.match(message(await call('other_shelf_count', { shelf: 'a' })), /did not allow it/);
    workspace.isTrusted = false;
    person.agree();
    assert.match(message(await call('other_shelf_count', { shelf: 'a' })), /not trusted/);
    assert.equal(person.asked.length, 1);
  });

  it('are not called with arguments that do not fit their schema', () => {
    const count = otherTools(gate, 'all').find(({ name }) => name === 'other_shelf_count');
    for (const args of [{}, { shelf: 3 }, [], 'upper']) {
      const prepared = count?.prepare(args);
      assert.ok(prepared !== undefined && 'complaint' in prepared, JSON.stringify(args));
    }
  });

  it('are not handed the name of a private file, in whatever disguise', async () => {
    const folder = projectFolder();
    const disguises = [
      ...['.env', './src/../.env', 'config/.ENV.Production', '.git/config', 'links/settings.txt', 'links/innocent.txt'],
      ...['dist/bundle.js', `${folder.fsPath}/.env`, `${folder.toString()}/%2Eenv`, 'read .env, please'],
      ...['.env:3:DB_PASSWORD', '.env:', 'see .env.', '**.env**', '@.env', 'HEAD:.env', '.env-3-DB_PASSWORD', 'b/.env'],
      ...[`${folder.fsPath}/.env:3:DB_PASSWORD`, `${folder.toString()}/.env:3`],
    ];
    for (const path of disguises) {
      assert.match(message(await call('other_shelf_read', { path })), /is private/, path);
    }
    assert.deepEqual(person.asked, []);
    const read = await call('other_shelf_read', { path: 'src/shop/price.ts' });
    assert.match(JSON.stringify(read), /withTax/);
  });

  it('tell nothing that names a private file, and no secrets', async () => {
    const listed = message(await call('other_shelf_list'));
    assert.match(listed, /names a private file/);
    const read = JSON.stringify(await call('other_shelf_read', { path: 'src/config/connections.ts' }));
    assert.match(read, /‹secret masked›/);
    for (const secret of [...Object.values(INLINE_SECRETS), ...Object.values(FORBIDDEN_MARKS)]) {
      assert.equal(read.includes(secret), false);
    }
  });

  it('tell nothing of a line of a private file, and no secret of a line with something before it', async () => {
    const said = inProject('text/said.txt');
    const told = async (text: string): Promise<ToolResponse> => {
      await vscode.workspace.fs.writeFile(said, new TextEncoder().encode(text));
      return call('other_shelf_read', { path: 'text/said.txt' });
    };
    for (const text of [
      ...['.env:3:COLOUR=blue', '.env-3-COLOUR=blue', 'diff --git a/.env b/.env\n+COLOUR=blue', 'It is in **.env**.'],
      ...['It is in `.env`.', 'HEAD:.env:3:COLOUR=blue'],
    ]) {
      assert.match(message(await told(text)), /names a private file/, text);
    }
    const secret = ['h7Kq', '29xL', 'm4Tz'].join('');
    for (const before of ['app.properties:3:', '3:', '3\t', '+', '-']) {
      assert.deepEqual(await told(`${before}DB_PASSWORD=${secret}`), {
        status: 'ok',
        result: `${before}DB_PASSWORD=‹secret masked›`,
      });
    }
    await vscode.workspace.fs.delete(said);
  });

  it('return no more than a result may hold, and say so', async () => {
    const response = await call('other_shelf_long');
    assert.ok(response.status === 'ok');
    assert.ok(JSON.stringify(response).length < 13_000);
    assert.match(String(response['leftOut']), /of 5000 lines did not fit/);
  });

  it('say why they failed', async () => {
    assert.match(message(await call('other_shelf_fail')), /the shelf fell down/);
  });

  it('are told to stop when nobody waits any more', async () => {
    const stopping = new AbortController();
    const command = vscode.commands.registerCommand(TOLD, (what: string) => told(what));
    let told: (what: string) => void = () => undefined;
    const begins = new Promise((resolve) => (told = resolve));
    const answered = call('other_shelf_wait', {}, stopping.signal);
    assert.equal(await begins, 'to begin');
    const stops = new Promise((resolve) => (told = resolve));
    stopping.abort();
    assert.equal(await stops, 'to stop');
    await answered;
    command.dispose();
  });
});
