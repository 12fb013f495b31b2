package dev.gatehouse.console.page;

import static dev.gatehouse.console.page.Element.element;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RevealedTest {

    private static String shown(String text) {
        StringBuilder page = new StringBuilder();
        element("p").text(text).write(page);
        return page.substring("<p>".length(), page.length() - "</p>".length());
    }

    @Test
    void ordinaryTextStaysAsItIs() {
        for (String text : new String[] {
            "select 1;\n\t-- ok", "Größe, naïve, señor", "привет мир", "Ελλάδα", "顧客テーブル", "مرحبا", "x = 1 + 2 → 3"
        }) {
            assertThat(shown(text)).isEqualTo(text);
        }
    }

    @Test
    void whatIsMarkupElsewhereIsTextHere() {
        assertThat(shown("<script>alert(\"1\" & '2')</script>"))
                .isEqualTo("&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;");
        StringBuilder field = new StringBuilder();
        element("textarea").text("</textarea><script>").write(field);
        assertThat(field).hasToString("<textarea>&lt;/textarea&gt;&lt;script&gt;</textarea>");
        StringBuilder attribute = new StringBuilder();
        element("p").with("title", "\" onclick=\"x\u202e").write(attribute);
        assertThat(attribute).hasToString("<p title=\"&quot; onclick=&quot;x⟨U+202E⟩\"></p>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000",
                "\u0008",
                "\r",
                "\u001b",
                "\u0085",
                "\u00a0",
                "\u00ad",
                "\u0301",
                "\u034f",
                "\u061c",
                "\u115f",
                "\u180e",
                "\u200b",
                "\u200d",
                "\u200e",
                "\u202a",
                "\u202e",
                "\u2028",
                "\u2029",
                "\u2060",
                "\u2066",
                "\u2069",
                "\u2800",
                "\u3000",
                "\u3164",
                "\ue000",
                "\ufe0f",
                "\ufeff",
                "\uffa0",
                "\ufffd",
                "\ud800",
                "\udb40\udc41",
                "\udbff\udfff"
            })
    void whatWouldNotBeSeenIsDrawn(String hidden) {
        String drawn = shown("a" + hidden + "b");

        assertThat(drawn)
                .startsWith("a<span class=\"odd\" title=\"")
                .contains(String.format("\">U+%04X</span>", hidden.codePointAt(0)))
                .endsWith("b");
        assertThat(drawn.replace(hidden, "")).isEqualTo(drawn);
        assertThat(Revealed.count("a" + hidden + "b")).containsExactly(1, 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p\u0430ypal",
                "\u0440\u0430\u0443",
                "\u0391dmin",
                "\u0410\u0412\u0415",
                "us\u0435rs",
                "ord\u0435r_items",
                "\uff53elect",
                "\ud835\udc2cql",
                "\u2018",
                "\u2019",
                "\u02bc",
                "\u2212",
                "\u2013",
                "\uff1b",
                "\u037e",
                "\u2044",
                "\u0661",
                "\u0131d",
                "\u0251",
                "\u217c"
            })
    void whatLooksLikeSomethingElseIsMarkedWithItsName(String text) {
        assertThat(shown(text)).contains("<mark class=\"alike\" title=\"U+");
        assertThat(Revealed.count(text)[1]).isPositive();
    }

    @Test
    void noElementLeadsElsewhereOrHoldsAScript() {
        for (String address :
                new String[] {"javascript:alert(1)", "//evil.example", "https://evil.example", "data:,x"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> element("a").with("href", address));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> element("form").with("action", address));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> element("a").with("onclick", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> element("a").with("style", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> element("a").with("x=\"\" onclick", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> element("a><script"));
        assertThatIllegalArgumentException().isThrownBy(() -> element("style"));
    }
}
