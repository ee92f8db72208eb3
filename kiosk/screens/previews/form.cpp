#include "screens/previews/sample.h"

namespace bangwu::screens {
namespace {

using domain::AnswerProblem;
using domain::Field;
using domain::FieldKind;
using domain::NumberProblem;

Field field(FieldKind kind, std::string label, std::string hint, bool required = true) {
  Field made;
  made.id = "sample";
  made.label = std::move(label);
  made.hint = std::move(hint);
  made.kind = kind;
  made.required = required;
  return made;
}

void add(std::vector<Preview>& all, const std::string& what, Field asked, std::string typed,
         session::InputProblem problem = {}) {
  session::FieldView view{
      .field = std::move(asked), .typed = std::move(typed), .problem = problem, .number = 3, .of = 10};
  const bool enabled = !view.field.required || !view.typed.empty();
  all.push_back(preview("field." + what, frame(3, session::NextLabel::next, enabled), std::move(view)));
}

Field with_choices(std::vector<domain::Choice> choices) {
  auto made = field(FieldKind::choice, "主要制作的食品", "");
  made.choices = std::move(choices);
  return made;
}

Field workers() {
  auto rows = field(FieldKind::rows, "从业人员", "也可以在核查时提供", false);
  rows.maximum = 20;
  rows.columns = {field(FieldKind::text, "姓名", ""), field(FieldKind::date, "健康证明有效期至", ""),
                  field(FieldKind::yes_no, "已有营业执照", "")};
  return rows;
}

void add_typed(std::vector<Preview>& all) {
  auto limited = field(FieldKind::number, "经营面积（平方米）", "");
  limited.minimum = 1;
  limited.maximum = 100000;
  auto money = field(FieldKind::money, "注册资本", "");
  money.minimum = 10000;
  add(all, "text_missing", field(FieldKind::text, "食品安全管理员姓名", ""), "", AnswerProblem::missing);
  add(all, "address", field(FieldKind::address, "经营场所地址", "写到门牌号"),
      "江苏省常州市武进区湖塘镇人民东路158号新城南都商业广场3幢1单元甲1201室（北侧临街门面，近地铁口）");
  add(all, "number_too_large", limited, "1200000", AnswerProblem::too_large);
  add(all, "money", money, "1200000.5");
  add(all, "date", field(FieldKind::date, "健康证明有效期至", ""), "20261123");
  add(all, "date_partial", field(FieldKind::date, "健康证明有效期至", ""), "20261");
  add(all, "date_wrong", field(FieldKind::date, "健康证明有效期至", ""), "20260231", AnswerProblem::not_a_date);
  add(all, "telephone", field(FieldKind::telephone, "联系电话", "用来告知办理进展", false), "13861000000");
  add(all, "telephone_wrong", field(FieldKind::telephone, "联系电话", "用来告知办理进展", false), "1386100",
      AnswerProblem::bad_telephone);
  const auto id = field(FieldKind::resident_id, "法定代表人身份证号码", "");
  add(all, "resident_id_wrong", id, "11010519491231002", NumberProblem::wrong_length);
  add(all, "resident_id_printed_so", id, "110105194912310012", NumberProblem::wrong_check);
}

void add_choices(std::vector<Preview>& all) {
  const std::vector<domain::Choice> few{
      {"hot", "热食类"}, {"cold", "冷食类"}, {"raw", "生食类"}, {"pastry", "糕点类"}, {"drinks", "自制饮品"}};
  auto many = few;
  for (const auto* label :
       {"食品销售经营者", "餐饮服务经营者", "集中用餐单位食堂", "商场、书店", "影剧院、歌舞厅", "理发店、美容店"}) {
    many.push_back({"more" + std::to_string(many.size()), label});
  }
  add(all, "choice", with_choices(few), "cold");
  const auto page = [&](const std::string& what, std::size_t first, std::size_t last, std::string typed, int number) {
    add(all, what,
        with_choices(
            {many.begin() + static_cast<std::ptrdiff_t>(first), many.begin() + static_cast<std::ptrdiff_t>(last)}),
        std::move(typed));
    auto& view = std::get<session::FieldView>(all.back().view.screen);
    view.screenful = number;
    view.screenfuls = 2;
  };
  page("choice_many", 0, 6, "", 0);
  page("choice_many_chosen", 6, many.size(), "more8", 1);
  add(all, "choice_missing", with_choices(few), "", AnswerProblem::missing);
  add(all, "yes_no", field(FieldKind::yes_no, "已有营业执照", "与营业执照一并申请的选“否”", false), "yes");
}

}  // namespace

void add_form(std::vector<Preview>& all) {
  add_typed(all);
  add_choices(all);
  const session::FieldView cell{.field = field(FieldKind::date, "健康证明有效期至", ""),
                                .typed = "2027",
                                .number = 2,
                                .of = 3,
                                .row = 4,
                                .rows_label = "从业人员"};
  all.push_back(preview("field.in_row", frame(3, session::NextLabel::confirm), cell));
  session::RowsView rows{.field = workers(), .problem = AnswerProblem::missing, .number = 6, .of = 10};
  rows.field.required = true;
  all.push_back(preview("rows.none", frame(3), rows));
  rows.problem = {};
  rows.field.required = false;
  rows.rows = {{"欧阳小燕", "2027-03-01", "是"}, {"王芳", "", "否"}};
  all.push_back(preview("rows.some", frame(3), rows));
  rows.rows.assign(20, {"买买提·艾合买提江", "2027-03-01", "是"});
  rows.may_add = false;
  all.push_back(preview("rows.most", frame(3), rows));
}

}  // namespace bangwu::screens
