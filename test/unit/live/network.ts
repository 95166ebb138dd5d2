import type { Control, UplinkSink } from '../../../src/live/uplink/uplink.ts';
import { markOf } from './jpeg.ts';

/** A network that takes as much as it is allowed to, and keeps it until a test says that it is gone. */
export class Network implements UplinkSink {
  bufferedBytes = 0;
  readonly sent: string[] = [];
  readonly pings: (() => void)[] = [];
  readonly audio: number[] = [];

  sendAudio(pcm16: Uint8Array): void {
    this.bufferedBytes += pcm16.byteLength;
    this.audio.push(pcm16[0] ?? -1);
    this.sent.push('audio');
  }
  sendAudioStreamEnd(): void {
    this.sent.push('end');
  }
  ping(onPong: () => void): void {
    this.pings.push(onPong);
  }
  inOneGo(send: () => void): void {
    send();
  }
  sendPicture(jpeg: Uint8Array): boolean {
    this.bufferedBytes += jpeg.byteLength;
    this.sent.push(`picture ${markOf(jpeg)}`);
    return true;
  }
  sendControl(control: Exclude<Control, { type: 'still' }>): void {
    this.sent.push(control.type);
  }
}
