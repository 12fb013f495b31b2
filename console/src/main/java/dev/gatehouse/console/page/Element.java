package dev.gatehouse.console.page;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An element of a page. Pages are made of these and of texts alone: every text is escaped and shown as {@link Revealed}, there
 * is no way to make markup out of one, and no attribute that holds a script, a style or an address elsewhere.
 */
public final class Element {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Set<String> VOID = Set.of("br", "hr", "input", "link", "meta");
    /** In these a browser reads no markup, so what is odd in a text is named in words. */
    private static final Set<String> PLAIN = Set.of("option", "textarea", "title");

    private static final Set<String> ADDRESSES = Set.of("action", "formaction", "href", "src");

    private final String name;
    private final StringBuilder attributes = new StringBuilder();
    private final List<Object> children = new ArrayList<>();

    private Element(String name) {
        this.name = name;
    }

    /** Begins an element; names are the program's own. */
    static Element element(String name) {
        if (!NAME.matcher(name).matches() || name.equals("style")) {
            throw new IllegalArgumentException("no element is called " + name);
        }
        return new Element(name);
    }

    /** An element with a class. */
    static Element element(String name, String classes) {
        return element(name).with("class", classes);
    }

    /** Adds an attribute. */
    Element with(String attribute, String value) {
        if (!NAME.matcher(attribute).matches() || attribute.startsWith("on") || attribute.equals("style")) {
            throw new IllegalArgumentException("no attribute is called " + attribute);
        }
        if (ADDRESSES.contains(attribute) && !isOwn(value)) {
            throw new IllegalArgumentException("an address elsewhere");
        }
        attributes.append(' ').append(attribute).append("=\"");
        Revealed.plain(attributes, value);
        attributes.append('"');
        return this;
    }

    private static boolean isOwn(String address) {
        return address.startsWith("#") || (address.startsWith("/") && !address.startsWith("//"));
    }

    /** Adds an attribute that is there or not. */
    Element flag(String attribute, boolean isThere) {
        return isThere ? with(attribute, "") : this;
    }

    /** Adds a text. */
    Element text(String text) {
        children.add(text);
        return this;
    }

    /** Adds elements. */
    Element add(Element... elements) {
        children.addAll(List.of(elements));
        return this;
    }

    /** Adds elements. */
    Element add(Collection<Element> elements) {
        children.addAll(elements);
        return this;
    }

    void write(StringBuilder page) {
        page.append('<').append(name).append(attributes).append('>');
        if (VOID.contains(name)) {
            return;
        }
        for (Object child : children) {
            if (child instanceof Element element) {
                element.write(page);
            } else if (PLAIN.contains(name)) {
                Revealed.plain(page, (String) child);
            } else {
                Revealed.marked(page, (String) child);
            }
        }
        page.append("</").append(name).append('>');
    }

    /** The whole page, of its {@code html} element. */
    String page() {
        StringBuilder page = new StringBuilder("<!doctype html>");
        write(page);
        return page.toString();
    }
}
