package dev.gatehouse.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.analyzer.catalog.Server;
import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.analyzer.catalog.Snapshot.Attribute;
import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which tables show each other's rows. */
final class FamilyTest {

    private static final Table PARENT = new Table("public", "parent");

    private static Relation relation(int oid, Table table, List<Table> parents) {
        return new Relation(oid, table, List.of(new Attribute(1, "id")), Optional.empty(), parents);
    }

    private static Snapshot partitions(int count) {
        List<Relation> relations = new ArrayList<>(List.of(relation(1, PARENT, List.of())));
        for (int i = 0; i < count; i++) {
            relations.add(relation(i + 2, new Table("public", "part_" + i), List.of(PARENT)));
        }
        return new Snapshot(Server.POSTGRESQL, Set.of("public"), relations, List.of());
    }

    @Test
    void allPartitionsAreFollowedUpToABound() {
        Set<Column> origins = Views.of(partitions(Family.MAX_DESCENDANTS - 1)).origins(1, 1);
        assertThat(origins)
                .hasSize(Family.MAX_DESCENDANTS)
                .contains(Column.of("public", "parent", "id"), Column.of("public", "part_0", "id"));
    }

    @Test
    void moreThanThatAreNotAccountedFor() {
        Snapshot snapshot = partitions(Family.MAX_DESCENDANTS);
        assertThat(Views.of(snapshot).origins(1, 1)).isNull();
        assertThat(Views.of(snapshot).origins(2, 1))
                .containsExactlyInAnyOrder(Column.of("public", "parent", "id"), Column.of("public", "part_0", "id"));
    }

    @Test
    void newRowsGoToPartitionsAlone() {
        Table half = new Table("public", "half");
        Table leaf = new Table("public", "leaf");
        Relation.Sort partitioned = Relation.Sort.PARTITIONED_TABLE;
        for (Relation.Sort sort : List.of(partitioned, Relation.Sort.TABLE)) {
            Relation parent = new Relation(1, PARENT, sort, List.of(), Optional.empty(), Optional.empty(), List.of());
            Relation inner =
                    new Relation(2, half, partitioned, List.of(), Optional.empty(), Optional.empty(), List.of(PARENT));
            Snapshot snapshot = new Snapshot(
                    Server.POSTGRESQL,
                    Set.of("public"),
                    List.of(parent, inner, relation(3, leaf, List.of(half))),
                    List.of());
            assertThat(Family.below(PARENT, false, snapshot)).containsExactly(half, leaf);
            assertThat(Family.below(PARENT, true, snapshot))
                    .isEqualTo(sort == partitioned ? Set.of(half, leaf) : Set.of());
        }
    }

    @Test
    void whoWritesMoreThanCanBeFollowedWritesTheUnknown() {
        assertThat(Family.below(PARENT, false, partitions(Family.MAX_DESCENDANTS)))
                .contains(new Table(Table.UNKNOWN, Table.UNKNOWN));
        assertThat(Family.below(PARENT, false, partitions(2)))
                .containsExactly(new Table("public", "part_0"), new Table("public", "part_1"));
    }

    @Test
    void tablesThatInheritFromEachOtherEndTheSearch() {
        Table other = new Table("public", "other");
        Snapshot snapshot = new Snapshot(
                Server.POSTGRESQL,
                Set.of("public"),
                List.of(relation(1, PARENT, List.of(other)), relation(2, other, List.of(PARENT))),
                List.of());
        assertThat(Views.of(snapshot).origins(2, 1)).hasSize(2);
    }
}
