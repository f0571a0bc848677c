// Preloaded into a measured process (`node --require`): leaves behind what the process has used until its end.
const { writeFileSync } = require('node:fs');

const file = process.env.BENCH_USAGE;
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeFileSync(file, JSON.stringify({ user: userCPUTime / 1e6, system: systemCPUTime / 1e6, rss: maxRSS / 1024 }));
});
