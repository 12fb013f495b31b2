package dev.gatehouse.gateway.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * One YAML file while it is read.
 *
 * @param source its text
 * @param problems where problems go
 * @param variables what {@code ${…}} stands for; empty in files that have none
 */
record Document(SourceText source, Problems problems, Optional<Variables> variables) {

    /** YAML 1.2's core schema. The library's own also merges mappings, silently. */
    private static final class CoreWithoutMerge implements Schema {

        @Override
        public ScalarResolver getScalarResolver() {
            return new CoreScalarResolver(false);
        }

        @Override
        public Map<Tag, ConstructNode> getSchemaTagConstructors() {
            return new CoreSchema().getSchemaTagConstructors();
        }
    }

    /** The file's outermost mapping; empty when there is none, which is a problem. */
    Optional<Section> root() {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new CoreWithoutMerge())
                .setLabel(source.name())
                .setUseMarks(true)
                .build();
        try {
            List<Node> documents = new ArrayList<>();
            new Compose(settings).composeAllFromString(source.text()).forEach(documents::add);
            if (documents.isEmpty()) {
                return syntax(1, 0, "the file is empty");
            }
            if (documents.size() > 1) {
                int line = documents
                        .get(1)
                        .getStartMark()
                        .map(m -> m.getLine() + 1)
                        .orElse(1);
                return syntax(line, 0, "a file holds one document; put the second into a file of its own");
            }
            return new Value(this, documents.get(0), "").section();
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(m -> m.getLine() + 1).orElse(0);
            int column = e.getProblemMark().map(m -> m.getColumn() + 1).orElse(0);
            return syntax(line, column, "not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            return syntax(0, 0, "not YAML: " + e.getMessage());
        }
    }

    private Optional<Section> syntax(int line, int column, String message) {
        problems.add(source.problem(Code.SYNTAX, line, column, 1, message));
        return Optional.empty();
    }
}
