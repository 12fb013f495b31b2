// What PostgreSQL's own grammar says of each line's "sql": its node, and the relations it names.
// Reads lines of JSON, writes one for each, in order. Names of common table expressions are no relations.

import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';

const require = createRequire(process.argv[2] + '/');
const parser = require('libpg-query');
await parser.loadModule();

const NAMED_OBJECTS = new Set([
  'OBJECT_TABLE', 'OBJECT_VIEW', 'OBJECT_MATVIEW', 'OBJECT_FOREIGN_TABLE', 'OBJECT_SEQUENCE', 'OBJECT_INDEX',
]);
const OBJECTS_ON_A_TABLE = new Set(['OBJECT_COLUMN', 'OBJECT_TABCONSTRAINT', 'OBJECT_TRIGGER', 'OBJECT_RULE', 'OBJECT_POLICY']);

class Statement {
  relations = new Map();

  add(schema, name) {
    this.relations.set(JSON.stringify([schema || null, name]), { schema: schema || null, table: name });
  }

  /** @param visible names of common table expressions that hide relations here */
  walk(node, visible) {
    if (Array.isArray(node)) {
      node.forEach(child => this.walk(child, visible));
    } else if (node && typeof node === 'object') {
      if (typeof node.relname === 'string' && 'relpersistence' in node) {
        if (node.schemaname || !visible.has(node.relname)) {
          this.add(node.schemaname, node.relname);
        }
        return;
      }
      const inner = node.withClause ? this.ctes(node.withClause, visible) : visible;
      for (const [key, child] of Object.entries(node)) {
        if (key === 'DropStmt' || key === 'CommentStmt' || key === 'SecLabelStmt') {
          this.named(child);
        }
        // FOR UPDATE OF names aliases, SET CONSTRAINTS constraints; what is written is never a common table expression.
        if (key !== 'withClause' && key !== 'lockedRels' && key !== 'ConstraintsSetStmt') {
          const written = key === 'relation' && ('targetList' in node || 'selectStmt' in node || 'whereClause' in node);
          this.walk(child, written ? new Set() : inner);
        }
      }
    }
  }

  ctes(clause, visible) {
    const inner = new Set(visible);
    const all = (clause.ctes || []).map(cte => cte.CommonTableExpr);
    if (clause.recursive) {
      all.forEach(cte => inner.add(cte.ctename));
    }
    for (const cte of all) {
      this.walk(cte.ctequery, inner);
      inner.add(cte.ctename);
    }
    return inner;
  }

  named(statement) {
    const objects = statement.objects || (statement.object ? [statement.object] : []);
    const type = statement.removeType || statement.objtype;
    for (const object of objects) {
      let words = (object.List?.items || []).map(item => item.String?.sval ?? item.String?.str);
      if (OBJECTS_ON_A_TABLE.has(type)) {
        words = words.slice(0, -1);
      }
      if (words.length && (NAMED_OBJECTS.has(type) || OBJECTS_ON_A_TABLE.has(type))) {
        this.add(words.length > 1 ? words[words.length - 2] : null, words[words.length - 1]);
      }
    }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    const tree = parser.parseSync(JSON.parse(line).sql);
    answer = (tree.stmts || []).map(({ stmt }) => {
      const statement = new Statement();
      statement.walk(stmt, new Set());
      return { node: Object.keys(stmt)[0], tables: [...statement.relations.values()] };
    });
  } catch (error) {
    answer = null;
  }
  if (!process.stdout.write(JSON.stringify(answer) + '\n')) {
    await new Promise(resolve => process.stdout.once('drain', resolve));
  }
}
