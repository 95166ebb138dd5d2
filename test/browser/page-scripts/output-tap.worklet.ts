import '../../sound/page-scripts/capture-recorder.worklet.ts';
import { TAP_PROCESSOR, type TapBlock } from './audio-harness-contract.ts';

/** Posts every quantum it hears, silence included: the page's schedule runs by it. */
class OutputTap extends AudioWorkletProcessor implements AudioWorkletProcessorImpl {
  process(inputs: Float32Array[][]): boolean {
    const samples = inputs[0]?.[0]?.slice() ?? new Float32Array(128);
    const block: TapBlock = { frame: currentFrame, samples };
    this.port.postMessage(block, [samples.buffer]);
    return true;
  }
}

registerProcessor(TAP_PROCESSOR, OutputTap);
