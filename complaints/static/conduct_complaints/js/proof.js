/* Solves what complaints/intake/proof_of_work.py asks for. Loaded only while a flood of messages comes.

   window.conductProof({prefix, bits, parts}) -> Promise<string>, the value of the field "proof".

   A hash of its own instead of crypto.subtle: for texts this short it is faster than a call of
   subtle.digest, and subtle is missing where a site is tried out without https. Works in slices,
   so that typing goes on meanwhile. */
"use strict";

(() => {
  if (window.conductProof) return;

  const SLICE = 16; // Milliseconds, about one frame.
  const isPrime = (n) => {
    for (let i = 2; i * i <= n; i += 1) if (n % i === 0) return false;
    return true;
  };
  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) if (isPrime(n)) primes.push(n);
  const fraction = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;
  const K = Int32Array.from(primes, (n) => fraction(Math.cbrt(n)));
  const START = Int32Array.from(primes.slice(0, 8), (n) => fraction(Math.sqrt(n)));
  const W = new Int32Array(64);

  // The first 32 bits of the SHA-256 of an ASCII text of at most 55 letters: a single block.
  const firstBits = (text) => {
    W.fill(0, 0, 16);
    for (let i = 0; i < text.length; i += 1) W[i >> 2] |= text.charCodeAt(i) << (24 - 8 * (i & 3));
    W[text.length >> 2] |= 0x80 << (24 - 8 * (text.length & 3));
    W[15] = text.length * 8;
    for (let i = 16; i < 64; i += 1) {
      const x = W[i - 15];
      const y = W[i - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
    }
    let a = START[0];
    let b = START[1];
    let c = START[2];
    let d = START[3];
    let e = START[4];
    let f = START[5];
    let g = START[6];
    let h = START[7];
    for (let i = 0; i < 64; i += 1) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    return (a + START[0]) >>> 0;
  };

  // A message to ourselves: timers are slowed down to one a second while the tab is in the background.
  const channel = new MessageChannel();
  const waiting = [];
  channel.port1.onmessage = () => waiting.shift()();
  const breathe = () =>
    new Promise((done) => {
      waiting.push(done);
      channel.port2.postMessage(0);
    });

  window.conductProof = async ({ prefix, bits, parts }) => {
    const numbers = [];
    let end = performance.now() + SLICE;
    for (let part = 0; part < parts; part += 1) {
      let number = 0;
      while (firstBits(`${prefix}:${part}:${number}`) >>> (32 - bits)) {
        number += 1;
        if (number % 64 === 0 && performance.now() > end) {
          await breathe();
          end = performance.now() + SLICE;
        }
      }
      numbers.push(number);
    }
    return numbers.join(",");
  };
})();
