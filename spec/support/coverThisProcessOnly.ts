// Coverage is inherited by every process that a spec starts: npm, compilers, the examples. None of them runs more of
// lib/ than the specs do, and to merge what they all leave behind takes minutes.
process.env['NODE_V8_COVERAGE'] = '';
