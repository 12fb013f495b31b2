package dev.gatehouse.gateway.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.session.Wishes;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SpokenWishesTest {

    private final SpokenWishes wishes = new SpokenWishes(new Wishes("at first", Optional.empty()));

    @Test
    void takesInWhatATextTellsAtItsBeginning() {
        assertThat(wishes.heed("set session gatehouse.reason to 'a'; SET GATEHOUSE.HOLD = '10min'; update t set x = 1"))
                .isEmpty();
        assertThat(wishes.now()).isEqualTo(new Wishes("a", Optional.of(Duration.ofMinutes(10))));
    }

    @Test
    void readsMySqlsVariables() {
        wishes.heed("SET @gatehouse_reason := 'it''s b'");
        wishes.heed("set @gatehouse_hold = 600");
        assertThat(wishes.now()).isEqualTo(new Wishes("it's b", Optional.of(Duration.ofMinutes(10))));
    }

    @Test
    void isNotFooledByWhatOnlyLooksLikeIt() {
        for (String sql : new String[] {
            "set local gatehouse.reason = 'x'",
            "set x = 'set gatehouse.reason = ''y''; '",
            "set gatehouse.reason = 'x' || 'y'",
            "set gatehouse.reasons = 'x'",
            "set gatehouse.reason = 'x\\'; select 1; --'"
        }) {
            assertThat(wishes.heed(sql)).as(sql).isEmpty();
            assertThat(wishes.now().reason()).as(sql).isEqualTo("at first");
        }
    }

    @Test
    void goesBackToWhatItBeganWith() {
        for (String back :
                new String[] {"RESET gatehouse.reason", "reset all;", "DISCARD ALL", "set gatehouse.reason = default"
                }) {
            wishes.heed("set gatehouse.reason = 'other'");
            wishes.heed(back);
            assertThat(wishes.now().reason()).as(back).isEqualTo("at first");
        }
    }

    @Test
    void takesNothingInOfWhatIsWrong() {
        assertThat(wishes.heed("set gatehouse.reason = 'x'; set gatehouse.hold = 'soon'"))
                .isPresent();
        assertThat(wishes.now().reason()).isEqualTo("at first");
    }

    @Test
    void keepsNoMoreThanPeopleRead() {
        wishes.heed("set gatehouse.reason = '" + "\uD83D\uDE00".repeat(300) + "'");
        assertThat(wishes.now().reason().codePointCount(0, wishes.now().reason().length()))
                .isEqualTo(200);
    }

    @Test
    void aLongReasonTakesNoMoreOfTheStackThanAShortOne() {
        SpokenWishes wishes = new SpokenWishes(Wishes.NONE);
        String reason = "it''s ".repeat(200_000);
        assertThat(wishes.heed("set gatehouse.reason = '" + reason + "'")).isEmpty();
        assertThat(wishes.now().reason()).startsWith("it's");
    }
}
