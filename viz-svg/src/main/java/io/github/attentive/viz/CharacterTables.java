package io.github.attentive.viz;

import java.util.Map;

/**
 * The data of {@link Characters}: categories of Unicode 14 and the advances of DejaVu Sans, which
 * has Verdana's metrics, in thousandths of the font size; for Devanagari and Thai, which it lacks,
 * those of Noto Sans.
 *
 * <p>Sets of characters are pairs of hexadecimal numbers: how many characters a block leaves out
 * after the one before, and how many it has.
 */
final class CharacterTables {
  /** The symbols outside the emoji blocks that are coloured pictures by default. */
  static final String BASIC_EMOJI =
      "231a 2 d 2 be 4 3 1 2 1 33 19 b 15 19d 2 15 2 32 c 2b 1 13 1 d 1 8 2 11 2 5 2 8 "
          + "1 5 1 15 1 7 2 1 1 4 1 2 1 7 1 4 2 1c 1 23 1 1 1 4 3 1 1 3d 3 18 1 e 1 35b 2 33 "
          + "1 4 1 1e 2 20 1";

  /** Non-spacing and enclosing marks and format characters. */
  static final String ZERO_WIDTH =
      "ad 1 252 70 113 7 107 2d 1 1 1 2 1 2 1 1 38 6 a b 1 1 2e 15 10 1 65 8 1 6 2 2 1 "
          + "4 21 1 1 1 1e 1b 5b b 3a 9 9 1 18 4 1 9 1 3 1 5 2b 3 34 2 6 8 2a 39 37 1 1 1 4 "
          + "8 4 1 3 7 a 2 1d 1 3a 1 4 4 8 1 14 2 1a 1 2 2 39 1 4 2 4 2 2 3 3 1 1e 2 3 1 b 2 "
          + "39 1 4 5 1 2 4 1 14 2 16 6 1 1 3a 1 2 1 1 4 8 1 7 2 b 2 1e 1 3d 1 c 1 32 1 3 1 "
          + "37 1 1 3 5 3 1 4 7 2 b 2 1d 1 3a 1 2 1 6 1 5 2 14 2 1c 2 39 2 4 4 8 1 14 2 1d 1 "
          + "48 1 7 3 1 1 5a 1 2 7 c 8 62 1 2 9 b 6 4a 2 1b 1 1 1 1 1 37 e 1 5 1 2 5 b 1 24 "
          + "9 1 66 4 1 6 1 2 2 2 19 2 4 3 10 4 d 1 2 2 6 1 f 1 2bf 3 3b2 3 1d 2 1e 2 1e 2 "
          + "40 2 1 7 8 1 2 b 9 1 2d 5 75 2 22 1 76 3 4 2 9 1 6 3 db 2 2 1 3a 1 1 7 1 1 1 1 "
          + "2 8 6 a 2 1 30 1f 31 4 30 1 1 5 1 1 5 1 28 9 c 2 20 4 2 2 1 3 38 1 1 2 3 1 1 3 "
          + "3a 8 2 2 98 3 1 d 1 7 4 1 6 1 3 2 c6 40 20b 5 1a 5 31 5 1 a 60 21 bfe 3 8d 1 60 "
          + "20 22a 4 6b 2 75d4 4 1 a 20 2 50 2 110 1 3 1 4 1 19 2 5 1 97 2 1a 12 d 1 26 8 "
          + "19 b 2e 3 30 1 2 4 2 2 27 1 43 6 2 2 2 2 c 1 8 1 2f 1 33 1 1 3 2 2 5 2 1 1 2a 2 "
          + "8 1 ee 1 2 1 4 1 4f30 1 2e1 10 10 10 cf 1 f9 3 201 1 e2 1 95 5 686 3 1 2 5 4 28 "
          + "3 4 1 a5 2 23d 4 183 2 99 b 31 4 7b 1 36 f 29 1 2 2 a 3 31 4 2 2 2 1 4 1 a 1 32 "
          + "3 24 5 1 8 3e 1 c 2 34 9 a 4 2 1 5f 3 2 1 1 2 6 1 a0 1 3 8 15 2 39 2 3 1 25 7 3 "
          + "5 c3 8 2 3 1 1 17 1 54 6 1 1 4 2 1 2 ee 4 6 2 1 2 1b 2 55 8 2 1 1 2 6a 1 1 1 2 "
          + "6 1 1 65 3 2 4 1 5 103 9 1 2 100 2 1 1 4 1 90 4 2 2 4 1 20 a 28 6 2 4 8 1 9 6 2 "
          + "3 2e d 1 2 196 7 1 6 1 1 52 16 2 7 1 2 1 2 7a 6 3 1 1 2 1 7 1 1 48 2 3 1 1 1 "
          + "15b 2 153b 9 36b7 5 3b 7 418 1 3f 4 51 1 4cb8 2 1 4 125c 2e 2 17 220 3 9 10 2 7 "
          + "1e 4 94 3 7bb 37 4 32 8 1 e 1 16 5 1 f 550 7 1 11 2 7 1 2 1 5 105 7 177 1 3d 4 "
          + "5e0 7 6d 7 c16b6 1 1e 60 80 f0";

  /** Marks that take room of their own but belong to the character before. */
  static final String SPACING_MARKS =
      "903 1 37 1 2 3 8 4 1 2 32 2 3a 3 6 2 2 2 a 1 2b 1 3a 3 42 1 3a 3 8 1 1 2 35 2 "
          + "3a 1 1 1 6 2 2 2 a 1 66 2 1 2 3 3 1 3 a 1 29 3 3d 4 3d 2 3a 1 1 5 2 2 1 2 9 2 "
          + "2b 2 3a 3 5 3 1 3 a 1 2a 2 4b 3 6 8 12 2 14a 2 3f 1 ab 2 4 1 6 1 2 2 19 2 a 3 2 "
          + "7 15 2 2 6 2 1 a 3 678 1 1e 1 81 1 7 8 1 2 15a 4 2 3 4 2 1 6 e0 2 3a 1 1 1 9 1 "
          + "1 2 8 6 91 1 30 1 5 1 1 5 1 2 3d 1 1e 1 4 2 2 1 3c 1 2 3 1 1 3 2 30 8 8 2 ab 1 "
          + "15 1 1336 2 77f3 2 2 1 58 2 32 10 8e 2 2f 1 30 2 4 2 2 3 6e 2 2 2 18 1 2d 1 1 1 "
          + "6d 1 2 2 5 1 ed 2 1 2 1 2 1 1 6413 1 1 1 7f 1 2d 3 4 2 73 1 18 2 3b 1 30 3 9 2 "
          + "d 1 5d 3 3 2 1 1 aa 3 1f 2 3a 2 1 4 2 2 2 3 9 1 a 2 d1 3 8 2 3 1 6a 3 6 1 1 4 2 "
          + "1 ed 3 6 4 2 1 71 3 8 2 1 1 6d 1 1 2 6 1 69 2 4 1 105 3 9 1 f7 6 1 2 4 1 2 1 1 "
          + "1 8e 3 8 4 4 1 54 1 1d 2 3e 1 197 1 e 1 6a 1 7 1 2 1 d5 5 4 2 1 1 15e 2 505a 37 "
          + "68 2 6173 2 6 6";

  /** First character of a block, and two base-36 digits a character: its advance, 0 if unknown. */
  static final Map<Integer, String> ADVANCES =
      Map.ofEntries(
          Map.entry(
              0x20,
              "8ub5csnahoqelo7nauaudwna8ua18u9dhohohohohohohohohoho9d9dnananaerrsj0j2jelehkfzljkw"
                  + "8787i8fhnzkslvgrlvjbhngzkcj0rhj1gzj1au9daunadwdwh1hnfahnh39shnhm7q7qg37qr2hmh0hnhn"
                  + "bfehawhmggmqggggelho9dhona00000000000000000000000000000000000000000000000000000000"
                  + "00000000008ub5hohohoho9ddwdwrsd3h0na00rsdwdwnab5b5dwhoho8udwb5d3h0qxqxqxerj0j0j0j0"
                  + "j0j0r2jehkhkhkhk87878787ljkslvlvlvlvlvnalvkckckckcgzgthih1h1h1h1h1h1rafah3h3h3h37q"
                  + "7q7q7qh0hmh0h0h0h0h0nah0hmhmhmhmgghnggj0h1j0h1j0h1jefajefajefajefalehnljhnhkh3hkh3"
                  + "hkh3hkh3hkh3ljhnljhnljhnljhnkwhmpgjb877q877q877q877q877qgefg877qi8g3g3fh7qfh7qfhaf"
                  + "fh9ifm7wkshmkshmkshmmlkshmlvh0lvh0lvh0tqsfjbbfjbbfjbbfhnehhnehhnehhnehgzawgzawgzaw"
                  + "kchmkchmkchmkchmkchmkchmrhmqgzgggzj1elj1elj1el9shnkfj2hnj2hnjjjefaljmrj2hnh0hklvh2"
                  + "fz9sljj3rc9u87kqg37qggr2kshmlvpdh0qdl3i4hnjbhnehhk9cawgzawgznuhml8k1kokaj1eliiiig2"
                  + "elhoiig2e6hn87docr87zzzzw2n7lvcppvpom5j0h1877qlvh0kchmkchmkchmkchmkchmh3j0h1j0h1r2"
                  + "raljhnljhni8g3lvh0lvh0iig27qzzzzw2ljhnuxiykshmj0h1r2ralvh0j0h1j0h1hkh3hkh3877q877q"
                  + "lvh0lvh0jbbfjbbfkchmkchmhnehgzawhfehkwhmkfnajegyj1elj0h1hkh3lvh0lvh0lvh0lvh0gzggd7"
                  + "nfd97qrqrqj0jefafhgzehelgrdbj2kcj0hkh3877qlphnjbbfgzgg"),
          Map.entry(
              0x370,
              "i6fsnyhz7q7qksi20000dwf9faf99d0000000000dwdwj88ukqo7bc00mk00mxmy9ej0j2fhj0hkj1kwlv"
                  + "87i8j0nzkshklvkwgr00hkgzgzlvj1lvl887gzibf1hm9eg3ibhqggh0f1f4hmh09egdgghofjfih0gqhn"
                  + "gbhmgqg3icg2icn99eg3h0g3n9i8h2h7jfnejficn9iglvh0i0gbfzcqicico1hfpyn9l2ibm0h3j3gvlc"
                  + "hdjfh0gzewighnfa7qlvh3h3gthnjenzi3hnjjjejjhkhklugyjehn878787uet1lujqksgxkwj0j2j2gy"
                  + "lphktxhtksksjqkwnzkwlvkwgrjegzgxnxj1lkj2tpuen5oij2jeu0jbh1h5gdelj7h3p1esi2i2gshrky"
                  + "i6h0i6hnfag7ggnrggixgfpfq6jnlygdf9negqh3h3hdelf9eh7q7q7qp2oyi4gsi2ggi6pyn9lfioq6kt"
                  + "oflrw8rtlvh0sjmwhof1nsoclvh0lpihlpihrkp4qhl2wsskpyn9jefady00000000000000lgitj2gdgr"
                  + "hngyelirgehceqtxp1htesjqgsjqgsjqgsnsn4kwids6odu1pgoej9jefagzg7gzgggzggj1ggpymfj2gf"
                  + "j2gfj2hmq5k8q5k887txp1i8gslkimkwidlkixj2gfooli7qj0h1j0h1r2rahkh3lvh3lvh3txp1htesii"
                  + "g2ksi2ksi2lvh0lvh0lvh0jef9gxgggxgggxggj2gfgyeloilyirgej1ggj1ggj2gdryoxr3o5ivgctsql"
                  + "uxqvljiclhjrh2f1kwhrwhrmouo0sorelvhnrhmqjqgsu1p5u1pcm1iz00000000000000000000"),
          Map.entry(
              0x590,
              "0000000000000000000000000000000000000000000000000000000000000000000000000000000000"
                  + "0000000000a100870000870000c9000000000000000000ikg2bgf6i57k9mi5i068exepfsigiv7kb4i1"
                  + "hehshdf0ghjpfojpi90000000000d3br97bkhx"),
          Map.entry(
              0x600,
              "000000000000hphpprl1r5g98z8zwghr00000000000000000000008u000091erl4d27q7qdf7qlr7qq5"
                  + "ekq5q5hyhyhycdcddfdfxxxxxlxlppppglglododl4l4l485stlkmwk7h7keekdflrlr00000000000000"
                  + "0000000000000000000000000000exexexexexexexexexexex918uf5q5lk008181818481flflnbq5q5"
                  + "q5q5q5q5q5q5hyhyhyhyhyhyhycdcdcdcdcdcdcdcdcddfdfdueqgyeqdfdfdfxxxxxxxlxlppglststst"
                  + "stststlklkovtaovmwmwmwovovovovovovk7k7k7k7kekekekekejehyekglglglflfldfdfdfflfldflr"
                  + "qmlrfllrnbg1g14rek0000000000000000u40000000000005p7z00000000000000e591exexexexexex"
                  + "exexexexyiwgevdmi1nn"),
          Map.entry(
              0x900,
              "0000007kl8l8sfdndnf8l9npjffdfdfdfdsfsfsfsfl6mqfngfhzhmjhkml0kme0g9g1fnk3fuhuegh3ff"
                  + "fffslffvjjgmg4bdbdiul4l4fgiwg2iser007700cz777777000000000000000077777777007l77p200"
                  + "000000000000l6mqfnkmg1fnlfg4npjf0000ajgnfbfbfbfbfbfbfbfbfbfbbu8tl8l8sfsfl8l8ffkmg4"
                  + "fnk3d1g1fv"),
          Map.entry(
              0xe00,
              "00gof7f9h2h9gmexesgsfafgp6p9grgrf7hep3p9h4hogqgxf4h1gsgti0i4jbiygrh2gidkgqfvgrdohg"
                  + "hsfwgbikfyfkef9e00baba0000000000000000000000g887fs8k818gbagj0000000000000000gjfuf5"
                  + "h1fjezf0egk0fpe0lbo8"),
          Map.entry(
              0x1e00,
              "j0h1j2hnj2hnj2hnjefalehnlehnlehnlehnlehnhkh3hkh3hkh3hkh3hkh3fz9sljhnkwhmkwhmkwhmkw"
                  + "hmkwhm877q877qi8g3i8g3i8g3fh80fh80fh7qfh7qnzr2nzr2nzr2kshmkshmkshmkshmlvh0lvh0lvh0"
                  + "lvh0grhngrhnjbbfjbbfjbbfjbbfhnehhnehhnehhnehhnehgzawgzawgzawgzawkchmkchmkchmkchmkc"
                  + "hmj0ggj0ggrhmqrhmqrhmqrhmqrhmqj1ggj1gggzggj1elj1elj1elhmawmqggh19s9s9sldh0j0h1j0h1"
                  + "j0h1j0h1j0h1j0h1j0h1j0h1j0h1j0h1j0h1j0h1hkh3hkh3hkh3hkh3hkh3hkh3hkh3hkh3877q877qlv"
                  + "h0lvh0lvh0lvh0lvh0lvh0lvh0pdh0pdh0pdh0pdh0pdh0kchmkchmnuhmnuhmnuhmnuhmnuhmgzgggzgg"
                  + "gzgggzggldd900000000"),
          Map.entry(0x2010, "a1a1hodwrsrsdwdw8u8u8u8ueeeeeeeedwdwgege9aijrs8u"),
          Map.entry(
              0x2030,
              "zzzz6baeeg6baeeg9fb4b4nadherdwmcmc6yrsdw4nauaupmkdkddthodwdwdw9dmcdwcirsmcnagaifna"
                  + "na8um5na8u8u"),
          Map.entry(0x20a0, "odhohohohor2hozcturhlshohohohozchohohoholiho0000hohoho0000ho0000"),
          Map.entry(
              0x2100,
              "sbsbjev7husbtnh2jeqg00rgkynmhmhmd2jdk0bhmqm9swrsjdjhlvm6mmm0owj0sctursj0kpg2l8l8h4"
                  + "9ei8j0lujjnqgggtlufztpcukpiqcyhxakpqx6jik8i6nlmjljfhfhgzmrjoh39r9r00lo0000em00"),
          Map.entry(
              0x2190,
              "nanananananananananananananananananananananananananananananananananananananananana"
                  + "nanananananananananananananananananananananananananananananananananananananananana"
                  + "nanananananananananananananananananananananananananananananaj0hoedhkhko7ililo7o7jy"
                  + "o7o7jyhol1l1iqnanana9dhpnahehehphphpjun5naowownadwdwdwdwkckckckcehlxtdehlxtdeheheh"
                  + "hoho78honanananananananaafnanananananananananananananananananbnbrsrsnanananananana"
                  + "nananananananananananananat3t3cwnanananananananananananananananananananananananana"
                  + "nanananananakckckcnanananalolonananananananananananananao7o7o7o7eheho7o7o7o7o7o7o7"
                  + "o7nanananananarsrsnanaehkckckcnanamsmsmsmshe8uhenarsrsrsrsrsnakckcnananananananana"
                  + "zzzznanananananananananananananananananananarsrsrsrsrso7jyo7o7jyo7o7rso7jyo7jyo7"),
          Map.entry(0x2422, "hnhn"),
          Map.entry(
              0x2500,
              "gqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgq"
                  + "gqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgq"
                  + "gqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgqgq"
                  + "gqgqgqgqgqldldldldldldldldldldldldldldldldldldldldldldldldldldldldldldldldq9q9q9q9"
                  + "q9q9q9q9q9q9iuiuq9q9fafaldldldlddydyldlddydyldldldlddydyldlddydyldldldldldo9dqo9o9"
                  + "o9o9o9o9o9o9o9o9o9enenlzqyqyqyararararo9o9ldldldldgeq9q9q9q9q9ldldldv3q9q9q9q9o9o9"
                  + "o9o9ldldldn2n2kckcldowrsowowowowowfxowowooooins5ymyqowowowesowowowowowowowowowgxow"
                  + "gxowowowowilkqi1lsf5owowowjqowowowowowowowowowowowowsysysyowowowh2kckcowowowowowow"
                  + "owowowowowowowowowowowowowowowowowowowowowowowowowowowowowowowowowd4hqowowd49xdgks"
                  + "laowowowowowowowowowowowowowowo5o5o5o5o5o5owowowowowowowowowowowowowowowf1owowowow"
                  + "owowow00owowowjirwu9wnp3nanananananananananangnakckckckcnmkckc00000000000000nanana"
                  + "na000000000000000000000000000000000000000000000000000000000000kc000000000000000000"
                  + "000000000000000000000000000000000000000000nananana00nananana0000nanananananananana"
                  + "nanananananananananananananananananana00nanananananananananananananananananananana"
                  + "nananananananananananananana00ow00owowowow000000ow00nanana8y8yeyey0000nananananana"
                  + "nananananananananananananananaowowowowowowowowowownananananananananananananananana"
                  + "nanananana000000nananananananananananananananananananananananana00nananananananana"
                  + "nananananana00"));

  /** The first letter of {@link #JOINED_ADVANCES}. */
  static final int FIRST_JOINED = 0x620;

  /** Like a block of {@link #ADVANCES}: Arabic letters where the next one is joined to them. */
  static final String JOINED_ADVANCES =
      "9c0000000000820082008282hkhkhk00000000o1o1nunumgmgf0dycscs8i9c9c00dodoea8ufh82dq00"
          + "8282000000000000000000000000000000000000000000000000000000000000000000000082do0000"
          + "000084000000nb8282828282828282hkhkhkhkhkhkhk000000000000000000000000000000000000o1"
          + "o1o1nunumgf0dodododododododoeao4eaeaeaeaeaeaeaeaeaea8u8u8u8u8282828282dqhk00c9gl00"
          + "00000000000000008200820082am";

  private CharacterTables() {}
}
