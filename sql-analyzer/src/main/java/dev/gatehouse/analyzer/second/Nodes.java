package dev.gatehouse.analyzer.second;

import dev.gatehouse.analyzer.lexer.Unreadable;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import net.sf.jsqlparser.parser.ASTNodeAccessImpl;
import org.jspecify.annotations.Nullable;

/**
 * What the translator knows of JSqlParser's classes. Each of them has its properties listed in {@code nodes.txt}: those it
 * reads, and those that say nothing it would need. A node is translated only if every other property of it is as in a new
 * one, so whatever a later JSqlParser adds is refused until somebody has looked at it.
 */
final class Nodes {

    private static final Map<String, Known> KNOWN = NodeTable.read();
    private static final Map<Class<?>, Shape> SHAPES = new ConcurrentHashMap<>();

    /**
     * What is known of a class.
     *
     * @param read properties the translator reads
     * @param silent properties that may hold anything
     */
    record Known(Set<String> read, Set<String> silent) {}

    /** A property that has to be as in a new node. */
    private record Unread(Field field, @Nullable Object unset) {}

    private record Shape(List<Unread> unread) {}

    private Nodes() {}

    /** Refuses a node that is not known, or has a property set that the translator does not read. */
    static <T> T whole(@Nullable T node) {
        if (node == null) {
            throw new Unreadable("a part that the second parser leaves out", 0);
        }
        Shape shape = SHAPES.computeIfAbsent(node.getClass(), Nodes::shape);
        for (Unread unread : shape.unread) {
            Object value = value(unread.field, node);
            if (!isEmpty(value) && !Objects.equals(value, unread.unset)) {
                throw unknown(node.getClass(), " with " + unread.field.getName());
            }
        }
        return node;
    }

    static Unreadable unknown(Class<?> type, String detail) {
        return new Unreadable("the second parser's " + type.getSimpleName() + detail, 0);
    }

    private static Shape shape(Class<?> type) {
        Known known = KNOWN.get(type.getSimpleName());
        if (known == null) {
            throw unknown(type, "");
        }
        Set<String> covered = new HashSet<>(known.read);
        covered.addAll(known.silent);
        Object fresh = fresh(type);
        List<Unread> unread = new ArrayList<>();
        for (Field field : fields(type)) {
            if (!covered.contains(field.getName())) {
                field.setAccessible(true);
                unread.add(new Unread(field, fresh == null ? null : value(field, fresh)));
            }
        }
        return new Shape(unread);
    }

    /** The names of all properties of a class. */
    static Set<String> properties(Class<?> type) {
        Set<String> names = new TreeSet<>();
        fields(type).forEach(field -> names.add(field.getName()));
        return names;
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> each = type;
                each != null && each != ASTNodeAccessImpl.class && isOfParser(each);
                each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    private static boolean isOfParser(Class<?> type) {
        return type.getName().startsWith("net.sf.jsqlparser.");
    }

    /** A node as it is before anything is set in it; null where it is never so. */
    private static @Nullable Object fresh(Class<?> type) {
        for (Constructor<?> constructor : type.getConstructors()) {
            if (constructor.getParameterCount() == 0) {
                try {
                    return constructor.newInstance();
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException("No new " + type, e);
                }
            }
        }
        return null;
    }

    private static @Nullable Object value(Field field, Object node) {
        try {
            return field.get(node);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Cannot read " + field, e);
        }
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == null
                || Boolean.FALSE.equals(value)
                || (value instanceof Collection<?> collection && collection.isEmpty())
                || (value instanceof Number number && number.longValue() == 0 && number.doubleValue() == 0);
    }

    static Map<String, Known> known() {
        return KNOWN;
    }
}
