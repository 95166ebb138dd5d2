import assert from 'node:assert/strict';
import {
  cameraFailure,
  type Circumstances,
  screenFailure,
  wantsClick,
} from '../../../webview/picture/share-failure.ts';

const FIREFOX_REFUSAL = 'The request is not allowed by the user agent or the platform in the current context.';
const USUAL: Circumstances = { permission: undefined, cameras: 1, onMac: false };

const screen = (name: string, message: string, more: Partial<Circumstances> = {}): string =>
  screenFailure(new DOMException(message, name), { ...USUAL, ...more }).reason;
const camera = (name: string, message: string, more: Partial<Circumstances> = {}): string =>
  cameraFailure(new DOMException(message, name), { ...USUAL, ...more }).reason;

describe('Why there is no screen', () => {
  it('is a closed picker, in the words of either browser', () => {
    assert.equal(screen('NotAllowedError', 'Permission denied'), 'cancelled');
    assert.equal(screen('NotAllowedError', 'Permission denied by user'), 'cancelled');
    assert.equal(screen('NotAllowedError', FIREFOX_REFUSAL), 'cancelled');
  });

  it('is the operating system, where it says so, where Firefox on a Mac finds nothing, and where a Mac reads nothing', () => {
    assert.equal(screen('NotAllowedError', 'Permission denied by system'), 'denied-by-system');
    assert.equal(screen('NotFoundError', 'The object can not be found here.', { onMac: true }), 'denied-by-system');
    assert.equal(
      screen('NotFoundError', 'The object can not be found here.'),
      'missing',
      'a computer without a screen',
    );
    assert.equal(screen('NotReadableError', 'Could not start video source', { onMac: true }), 'denied-by-system');
  });

  it('is a policy, a stored answer, a source that gives nothing, or a browser without screens', () => {
    const policy = 'Access to the feature "display-capture" is disallowed by permissions policy.';
    assert.equal(screen('NotAllowedError', policy), 'blocked-by-policy');
    assert.equal(screen('NotAllowedError', 'Permission denied', { permission: 'denied' }), 'denied');
    assert.equal(screen('NotReadableError', 'Could not start video source'), 'broken');
    assert.equal(screen('AbortError', 'Error starting screen capture'), 'broken');
    assert.equal(screen('NotSupportedError', 'Not supported'), 'unsupported');
  });

  it('is no failure at all when only a click is missing', () => {
    const message = 'getDisplayMedia requires transient activation from a user gesture.';
    assert.equal(wantsClick(new DOMException(message, 'InvalidStateError')), true);
    assert.equal(
      wantsClick(new DOMException('must be called from a user gesture handler', 'InvalidAccessError')),
      true,
    );
    assert.equal(wantsClick(new DOMException('Permission denied', 'NotAllowedError')), false);
  });
});

describe('Why there is no camera', () => {
  it('is the person, who said no or closed the question', () => {
    assert.equal(camera('NotAllowedError', 'Permission denied'), 'denied');
    assert.equal(camera('NotAllowedError', FIREFOX_REFUSAL), 'denied');
    assert.equal(camera('NotAllowedError', 'Permission dismissed'), 'cancelled');
  });

  it('is the operating system, also where Firefox lists cameras that it cannot find', () => {
    assert.equal(camera('NotAllowedError', 'Permission denied by system'), 'denied-by-system');
    assert.equal(camera('NotFoundError', 'The object can not be found here.'), 'denied-by-system');
  });

  it('is that there is none, or that another program has it', () => {
    assert.equal(camera('NotFoundError', 'Requested device not found', { cameras: 0 }), 'missing');
    assert.equal(camera('OverconstrainedError', ''), 'missing');
    assert.equal(camera('NotReadableError', 'Could not start video source'), 'busy');
    assert.equal(camera('NotReadableError', 'Device in use'), 'busy');
    assert.equal(camera('AbortError', 'Starting videoinput failed'), 'busy');
  });

  it('is kept in the browser’s own words, for the log, at no more than a host takes', () => {
    const { detail } = cameraFailure(new DOMException('x'.repeat(5_000), 'NotReadableError'), USUAL);
    assert.ok(detail.startsWith('NotReadableError: xxx') && detail.length === 500);
  });
});
