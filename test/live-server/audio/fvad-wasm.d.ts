// The package ships no types. Only what voice-activity.ts calls is declared.
declare module '@echogarden/fvad-wasm' {
  export interface Fvad {
    HEAP16: Int16Array;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    _fvad_new(): number;
    _fvad_free(handle: number): void;
    _fvad_reset(handle: number): void;
    /** 0 (accepts most as speech) to 3 (most selective); -1 for another value. */
    _fvad_set_mode(handle: number, mode: number): number;
    _fvad_set_sample_rate(handle: number, rateHz: number): number;
    /** 1 speech, 0 no speech, -1 for a frame that is not 10, 20 or 30 ms. */
    _fvad_process(handle: number, framePointer: number, samples: number): number;
  }

  export default function load(): Promise<Fvad>;
}
