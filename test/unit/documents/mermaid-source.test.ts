import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { meantMermaid } from '../../../src/documents/mermaid-source.ts';

const PAGE = `# Two diagrams

\`\`\`mermaid
graph LR
  A --> B
\`\`\`

Between them.

~~~~ mermaid
sequenceDiagram
  A->>B: \`\`\`
~~~~
`;

describe('the Mermaid diagram that is meant', () => {
  it('is the one the cursor stands in, its fences included', () => {
    for (const line of [2, 4, 5]) assert.equal(meantMermaid(PAGE, line), 'graph LR\n  A --> B', `line ${line}`);
    assert.equal(meantMermaid(PAGE, 10), 'sequenceDiagram\n  A->>B: ```');
  });

  it('is every diagram where the cursor is in none, or where there is none', () => {
    const both = 'graph LR\n  A --> B\n\nsequenceDiagram\n  A->>B: ```';
    assert.equal(meantMermaid(PAGE, 7), both);
    assert.equal(meantMermaid(PAGE), both);
  });

  it('may be written for other programs, and may not be finished', () => {
    assert.equal(meantMermaid('::: mermaid\ngraph TD\n:::'), 'graph TD');
    assert.equal(meantMermaid('```{mermaid}\ngraph TD\n```'), 'graph TD');
    assert.equal(meantMermaid('   ```mermaid title="x"\r\ngraph TD\r\n   ```'), 'graph TD');
    assert.equal(meantMermaid('```mermaid\ngraph TD'), 'graph TD');
  });

  it('is nothing in a text without one: other code, an example inside a fence, an empty fence', () => {
    for (const text of [
      '',
      '```ts\nconst a = 1;\n```',
      '````md\n```mermaid\ngraph\n```\n````',
      '```mermaid\n\n```',
      '    ```mermaid\n    graph',
    ]) {
      assert.equal(meantMermaid(text), undefined, text);
    }
  });
});
