package dev.sojourn.yaml;

import com.google.common.collect.ImmutableList;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CommentEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * What {@link YamlReader} leaves out of a document that it has read without problems: for those who
 * write the document anew.
 *
 * @param hasAliases whether a part repeats another
 */
public record YamlComments(ImmutableList<Comment> comments, boolean hasAliases) {

  /**
   * One comment, in the order of the file.
   *
   * @param line from 1
   * @param column from 1, of the {@code #}
   * @param text what stands behind the {@code #}
   * @param alone whether nothing stands before it on its line
   */
  public record Comment(int line, int column, String text, boolean alone) {}

  /** Reads {@code text}, in which the reader found no problem. */
  public static YamlComments read(String text) {
    ImmutableList.Builder<Comment> comments = ImmutableList.builder();
    boolean hasAliases = false;
    LoadSettings settings = LoadSettings.builder().setParseComments(true).setUseMarks(true).build();
    for (Event event : new Parse(settings).parseString(text)) {
      hasAliases |= event instanceof AliasEvent;
      if (event instanceof CommentEvent comment
          && comment.getCommentType() != CommentType.BLANK_LINE) {
        Mark mark = comment.getStartMark().orElseThrow();
        comments.add(
            new Comment(
                mark.getLine() + 1,
                mark.getColumn() + 1,
                comment.getValue().stripTrailing(),
                comment.getCommentType() == CommentType.BLOCK));
      }
    }
    return new YamlComments(comments.build(), hasAliases);
  }
}
