#include "screens/previews/sample.h"

namespace bangwu::screens {
namespace {

using domain::Field;
using domain::FieldKind;
using domain::Material;
using domain::MaterialNeed;

Field field(std::string id, std::string label, FieldKind kind, std::string hint = {}, bool required = true) {
  Field made;
  made.id = std::move(id);
  made.label = std::move(label);
  made.hint = std::move(hint);
  made.kind = kind;
  made.required = required;
  return made;
}

Material material(std::string id, std::string name, MaterialNeed need, std::string specification,
                  std::string condition = {}) {
  Material made;
  made.id = std::move(id);
  made.name = std::move(name);
  made.need = need;
  made.specification = std::move(specification);
  made.condition = std::move(condition);
  return made;
}

std::vector<Field> form() {
  std::vector<Field> fields{field("food_business_kind", "主体业态", FieldKind::choice),
                            field("sells_online", "通过网络经营", FieldKind::yes_no, "包括外卖平台"),
                            field("premises_address", "经营场所地址", FieldKind::address, "写到门牌号"),
                            field("premises_area", "经营面积（平方米）", FieldKind::number),
                            field("food_safety_officer", "食品安全管理员姓名", FieldKind::text),
                            field("food_workers", "从业人员", FieldKind::rows, "也可以在核查时提供", false),
                            field("licence_ready", "已有营业执照", FieldKind::yes_no, "与营业执照一并申请的选“否”"),
                            field("contact_phone", "联系电话", FieldKind::telephone, "用来告知办理进展", false)};
  return fields;
}

std::vector<Material> materials() {
  auto identity = material("identity_card", "申请人身份证", MaterialNeed::required, "原件扫描件，四角完整、字迹清楚");
  identity.sides = 2;
  return {
      identity,
      material("business_licence", "营业执照", MaterialNeed::conditional, "正本或副本，文字、公章清楚",
               "已有营业执照的"),
      material("floor_plan", "场所平面布局图", MaterialNeed::required, "标明各功能区和面积"),
      material("food_safety_rules", "食品安全规章制度清单", MaterialNeed::required, "写明各项制度的名称，负责人签字"),
      material("process_flow", "操作流程文件", MaterialNeed::conditional, "与布局图一致", "餐饮服务和食堂"),
      material("power_of_attorney", "授权委托书", MaterialNeed::conditional, "写明委托事项和期限，委托人签字或盖章",
               "委托他人办理的"),
      material("photo", "经营场所照片", MaterialNeed::optional, "")};
}

domain::Item make_item() {
  domain::Item item;
  item.code = "WJ-SC-0003";
  item.name = "食品经营许可";
  item.summary = "开饭店、食堂、奶茶店或销售散装食品前，办理食品经营许可证";
  item.domain = domain::Domain::market_access;
  item.applicants = {domain::ApplicantKind::natural_person, domain::ApplicantKind::legal_person,
                     domain::ApplicantKind::other_organisation};
  item.department = "武进区行政审批局";
  item.conditions = {"有与经营的食品品种、数量相适应的场所", "有相应的设备设施和合理的布局",
                     "有专职或兼职的食品安全管理人员和管理制度"};
  item.statutory_limit = {10};
  item.promised_limit = {6};
  item.pickup = {"窗口领取", "邮寄送达", "网上下载"};
  item.window = {"市场准入综合窗口", "武进区政务服务大厅，窗口号以大厅公示为准", "12345", "工作日，具体时间以公示为准"};
  item.consult = {"政务服务便民热线", "", "12345", "全天"};
  item.complaint = {"政务服务“好差评”与投诉热线", "", "12345", "全天"};
  item.form = form();
  item.materials = materials();
  return item;
}

domain::Item make_item_with_fee() {
  auto item = make_item();
  item.code = "WJ-XM-0005";
  item.name = "不动产转移登记（存量房买卖）";
  item.summary = "二手房买卖后，把不动产权登记到买方名下";
  item.domain = domain::Domain::project_construction;
  item.fee = domain::Fee{"住宅每件80元", "发改价格规〔2016〕2559号"};
  item.department = "常州市自然资源和规划局武进分局";
  item.materials.clear();
  item.conditions.clear();
  return item;
}

domain::Item make_shop_sign() {
  domain::Item item;
  item.code = "WJ-QT-0004";
  item.name = "户外广告和店招设置";
  item.department = "武进区城市管理局";
  item.conditions = {"设置位置和式样符合城市容貌标准"};
  item.promised_limit = {0};
  return item;
}

domain::Procedure procedure_of(const domain::Item& item) {
  domain::Procedure made;
  made.code = item.code;
  made.name = item.name;
  made.item_codes = {item.code};
  made.applicants = item.applicants;
  made.form = item.form;
  made.materials = item.materials;
  made.promised_limit = item.promised_limit;
  made.statutory_limit = item.statutory_limit;
  made.pickup = item.pickup;
  made.window = item.window;
  made.consult = item.consult;
  made.complaint = item.complaint;
  return made;
}

domain::Procedure make_bundle() {
  auto bundle = procedure_of(sample_item());
  bundle.code = "WJ-YJS-0001";
  bundle.name = "开办餐饮店";
  bundle.is_bundle = true;
  return bundle;
}

const domain::Item& shop_sign() {
  static const domain::Item kItem = make_shop_sign();
  return kItem;
}

}  // namespace

const domain::Item& sample_item() {
  static const domain::Item kItem = make_item();
  return kItem;
}

const domain::Item& sample_item_with_fee() {
  static const domain::Item kItem = make_item_with_fee();
  return kItem;
}

const domain::Procedure& sample_procedure() {
  static const domain::Procedure kProcedure = procedure_of(sample_item());
  return kProcedure;
}

const domain::Procedure& sample_bundle() {
  static const domain::Procedure kBundle = make_bundle();
  return kBundle;
}

std::vector<const domain::Item*> sample_bundle_items() {
  return {&sample_item(), &shop_sign(), &sample_item_with_fee()};
}
const domain::Material& sample_material() { return sample_item().materials.front(); }

}  // namespace bangwu::screens
