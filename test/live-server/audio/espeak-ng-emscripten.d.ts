// The package ships no types. Only what speak.ts calls is declared.
declare module '@echogarden/espeak-ng-emscripten' {
  export interface SynthesisEvent {
    type:
      'word' | 'sentence' | 'end' | 'phoneme' | 'samplerate' | 'mark' | 'play' | 'msg_terminated' | 'list_terminated';
    /** 1-based position of the first character of the word in the text. */
    text_position: number;
    word_length: number;
    /** Milliseconds from the start of the synthesised audio. */
    audio_position: number;
  }

  export interface Synthesiser {
    set_voice(name: string): number;
    set_rate(wordsPerMinute: number): void;
    set_pitch(pitch: number): void;
    get_samplerate(): number;
    /** The callback returns true to stop early. */
    synthesize(text: string, onAudio: (pcm16: Int16Array, events: SynthesisEvent[]) => boolean): void;
  }

  export default function load(): Promise<{ eSpeakNGWorker: new () => Synthesiser }>;
}
