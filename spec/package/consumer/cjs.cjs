const { from } = require('rxjs');
const t = require('io-ts');
const rxStructured = require('rx-structured');
const openai = require('rx-structured/openai');
const { run } = require('./run.cjs');

run({ from, t, rxStructured, openai });
