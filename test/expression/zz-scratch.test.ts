import { it } from 'vitest';
import { mlp } from '../../src/model/model.ts';
import { symbolic } from '../../src/gradients/symbolic.ts';
import { layerwiseDerivative } from '../../src/expression/layerwise.ts';
import { exactReference } from '../../src/gradients/exact/reference.ts';
import { kinkedRows } from '../../src/gradients/exact/branches.ts';
import { scenario } from './small-networks.ts';
import { zeroParams } from '../../src/params/params.ts';
import { loadMathjs } from '../../src/expression/mathjs.ts';
it('x', async () => {
  await loadMathjs();
  for (const m of [mlp([2,5,1]), mlp([2,5,3,1]), mlp([2,3,3,3,3,1],{hidden:'relu'})]) {
    const s = scenario(m, 640, 1);
    const p = await symbolic.prepare(m,{rows:640}); if (p.kind!=='prepared') continue;
    const into = zeroParams(m.layout);
    for (let i=0;i<30;i++) p.run.valueAndGrad(s.params,s.batch,into);
    const t=performance.now(); for (let i=0;i<50;i++) p.run.valueAndGrad(s.params,s.batch,into);
    console.log(m.name,'us/sample', (performance.now()-t)/50/640*1000);
    const ref = await exactReference(m); const s1 = scenario(m,4,1);
    ref(s1.params,s1.batch);
    const t2=performance.now(); const r = ref(s1.params,s1.batch); console.log('exact ms/sample',(performance.now()-t2)/4, r.digits);
    const t3=performance.now(); kinkedRows(m,s1.params,s1.batch); console.log('kinked ms/sample',(performance.now()-t3)/4);
  }
  const t=performance.now();
  const g = await layerwiseDerivative(mlp([784,256,128,10],{hidden:'relu',output:'identity',loss:'cross_entropy'}));
  console.log('W4 layerwise build', performance.now()-t, g.graph.nodes.length, process.memoryUsage().heapUsed/1e6);
}, 100000);
